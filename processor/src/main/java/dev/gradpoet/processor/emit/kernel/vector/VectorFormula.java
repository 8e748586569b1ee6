package dev.gradpoet.processor.emit.kernel.vector;

import com.palantir.javapoet.CodeBlock;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.graph.formula.Expr;
import dev.gradpoet.processor.graph.formula.Expr.Call;
import dev.gradpoet.processor.graph.formula.Expr.Variable;
import dev.gradpoet.processor.graph.formula.RowProgram;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * An elementwise formula that a loop applies to a row, vector by vector.
 *
 * @param expr the formula
 * @param variables the arrays that its variables are read from, in order
 * @param known the calls whose values an earlier loop has stored, with the names of the arrays
 */
public record VectorFormula(Expr expr, Map<Variable, String> variables, Map<Call, String> known) {

  /**
   * The formula of a program that is one map.
   *
   * @param arrays the names of its rows, in the order in which they are read
   */
  public VectorFormula(RowProgram program, Map<Variable, String> arrays) {
    this(program.formula().orElseThrow(), arrays, Map.of());
  }

  /** Whether one loop may hold it. */
  public boolean fits() {
    // a single function of a vector cannot be split
    boolean whole = expr instanceof Call call && call.argument() instanceof Variable;
    return whole || VectorNodes.fits(print(new VectorCode()));
  }

  /** Whether it has only a few operations. */
  public boolean isShort() {
    return VectorNodes.of(print(new VectorCode())) <= VectorNodes.FEW;
  }

  /** The first call whose value is not known, as a separate formula. */
  public VectorFormula first() {
    Call call = FirstCall.of(expr, known.keySet());
    Map<Variable, String> read = new LinkedHashMap<>(variables);
    read.keySet().retainAll(call.all().toList());
    return new VectorFormula(call, read, known);
  }

  /** Whether, for a formula that is a call, the value of its argument is known. */
  public boolean hasKnownArgument() {
    return known.containsKey(((Call) expr).argument());
  }

  /** The argument of a formula that is a call. */
  public VectorFormula argument() {
    return new VectorFormula(((Call) expr).argument(), variables, known);
  }

  /** A formula that is a call, applied to the stored value of its {@link #argument}. */
  public VectorFormula ofArgument() {
    Call call = new Call(((Call) expr).function(), Variable.X);
    return new VectorFormula(call, Map.of(Variable.X, "from"), Map.of());
  }

  /** {@code exp}: the function of a formula that is a call. */
  public String functionName() {
    return ((Call) expr).function().name().toLowerCase(Locale.ROOT);
  }

  /** This formula, with the value of the call {@code first} in an array. */
  public VectorFormula after(VectorFormula first, String array) {
    return new VectorFormula(expr, variables, Map.of((Call) first.expr(), array));
  }

  /** The variables that are read, given the known calls. */
  private Set<Variable> read() {
    Set<Variable> read = new HashSet<>();
    Map<Call, CodeBlock> calls = new HashMap<>();
    known.forEach((call, array) -> calls.put(call, CodeBlock.of("known")));
    expr.match(new VectorPrinter(
        new VectorCode(),
        variable -> {
          read.add(variable);
          return CodeBlock.of("$L", variable.name());
        },
        calls));
    return read;
  }

  /** The statements of the loop. */
  public CodeBlock print(VectorCode code) {
    Vectors vectors = new Vectors(Scalar.FLOAT);
    Map<Variable, CodeBlock> values = new HashMap<>();
    Set<Variable> read = read();
    variables.forEach((variable, array) -> {
      if (read.contains(variable)) {
        values.put(variable, code.floats(variable.name(), "$L", vectors.load(array, "o")));
      }
    });
    Map<Call, CodeBlock> calls = new HashMap<>();
    known.forEach((call, array) -> calls.put(
        call,
        code.floats(
            call.function().name().toLowerCase(Locale.ROOT), "$L", vectors.load(array, "o"))));
    CodeBlock result = expr.match(new VectorPrinter(code, values::get, calls));
    code.statement("$L.intoArray(to, o)", result);
    return code.statements();
  }
}
