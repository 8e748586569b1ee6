package dev.gradpoet.processor.emit.kernel.vector;

import com.palantir.javapoet.CodeBlock;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.graph.formula.Expr;
import dev.gradpoet.processor.graph.formula.Expr.Variable;
import dev.gradpoet.processor.graph.formula.RowProgram;
import dev.gradpoet.processor.graph.formula.RowStep;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Steps of a row program that share one loop over vectors.
 *
 * @param program a program of steps that are computed value by value
 * @param maxima the rows whose largest value is known, by the name of that value
 */
public record VectorLoop(Scalar scalar, RowProgram program, Map<String, Expr> maxima) {

  // FloatVector x = FloatVector.fromArray(S, from, o), v = x.sub(max);
  // ...
  // exp.intoArray(to, o);
  /**
   * The body of the loop.
   *
   * @param code the builder that receives it
   * @param arrays the names of the rows
   * @param index the index of the vector in the rows
   * @param width the number of values of a row
   */
  public CodeBlock body(
      VectorCode code, Map<Variable, String> arrays, String index, CodeBlock width) {
    Body body = new Body(code, arrays, index, width);
    program.steps().forEach(step -> step.match(body));
    return code.statements();
  }

  private final class Body implements RowStep.Cases<Void> {

    private final VectorCode code;
    private final Map<Variable, String> arrays;
    private final String index;
    private final Vectors vectors = new Vectors(scalar);
    private final VectorPrinter printer;

    /** The vectors of rows that are in registers. */
    private Map<Variable, CodeBlock> values = new HashMap<>();

    Body(VectorCode code, Map<Variable, String> arrays, String index, CodeBlock width) {
      this.code = code;
      this.arrays = arrays;
      this.index = index;
      this.printer =
          new VectorPrinter(code, this::value, Map.of(), maxima, Map.of(RowProgram.WIDTH, width));
    }

    private CodeBlock value(Variable row) {
      boolean once = !values.containsKey(row) && program.reads(row) == 1;
      return once ? load(row) : register(row);
    }

    private CodeBlock register(Variable row) {
      CodeBlock loaded = values.get(row);
      if (loaded == null) {
        loaded = code.floats(row.name(), "$L", load(row));
        values.put(row, loaded);
      }
      return loaded;
    }

    private CodeBlock load(Variable row) {
      return vectors.load(arrays.get(row), index);
    }

    @Override
    public Void map(RowStep.Map map) {
      CodeBlock value = map.value().match(printer);
      if (isReadAgain(map)) {
        value = code.floats(map.name(), "$L", value);
        values.put(map.row(), value);
      }
      code.statement("$L.intoArray($L, $L)", value, arrays.get(map.row()), index);
      return null;
    }

    private boolean isReadAgain(RowStep.Map map) {
      List<RowStep> all = program.steps();
      return all.contains(map)
          && new RowProgram(all.subList(all.indexOf(map) + 1, all.size())).reads(map.row()) > 0;
    }

    @Override
    public Void each(RowStep.Each each) {
      printer.define(each.name(), each.value());
      return null;
    }

    // FloatVector m_ = FloatVector.fromArray(S, m, j);
    // if (remembers) {
    //   m_ = m_.fma(FloatVector.broadcast(S, momentum), d);
    //   m_.intoArray(m, j);
    // }
    @Override
    public Void when(RowStep.When when) {
      RowStep.Map map = when.then();
      CodeBlock register = register(map.row());
      Map<Variable, CodeBlock> before = new HashMap<>(values);
      code.when(when.condition(), () -> {
        code.assign(register, "$L", printer.assigned(map.value()));
        code.statement("$L.intoArray($L, $L)", register, arrays.get(map.row()), index);
      });
      values = before;
      return null;
    }

    @Override
    public Void reduce(RowStep.Reduce reduce) {
      throw new IllegalArgumentException("vectors do not add up in one chain: " + reduce);
    }

    @Override
    public Void let(RowStep.Let let) {
      throw new IllegalArgumentException("no step of values: " + let);
    }
  }
}
