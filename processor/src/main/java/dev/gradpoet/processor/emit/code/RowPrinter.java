package dev.gradpoet.processor.emit.code;

import com.palantir.javapoet.CodeBlock;
import dev.gradpoet.processor.graph.formula.Expr;
import dev.gradpoet.processor.graph.formula.Expr.Uniform;
import dev.gradpoet.processor.graph.formula.Expr.Variable;
import dev.gradpoet.processor.graph.formula.RowProgram;
import dev.gradpoet.processor.graph.formula.RowStep;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Prints a row program in plain Java: a loop for consecutive steps that are computed value by value, and statements for each other step. */
public final class RowPrinter implements RowStep.Cases<CodeBlock> {

  private final Scalar scalar;
  private final Map<Variable, CodeBlock> values = new HashMap<>();
  private final Map<Variable, String> arrays;
  private final Map<Uniform, CodeBlock> uniforms = new HashMap<>();
  private final String index;
  private final CodeBlock width;

  /**
   * Creates a printer of programs on these rows.
   *
   * @param arrays the names of their arrays
   * @param width the number of their values
   */
  public RowPrinter(Scalar scalar, Map<Variable, String> arrays, CodeBlock width) {
    this(scalar, arrays, "o", width);
  }

  /** The same, with another loop variable than {@code o}. */
  public RowPrinter(Scalar scalar, Map<Variable, String> arrays, String index, CodeBlock width) {
    this.scalar = scalar;
    this.arrays = arrays;
    this.index = index;
    this.width = width;
    arrays.forEach((row, array) -> values.put(row, CodeBlock.of("$L[$L]", array, index)));
    uniforms.put(RowProgram.WIDTH, width);
  }

  // (reductions and numbers of the row)
  // for (int o = 0; o < width; o++) {
  //   to[o] = FloatMath.exp(from[o] - max);
  // }
  /** The statements of a program. */
  public CodeBlock print(RowProgram program) {
    CodeBlock.Builder code = CodeBlock.builder();
    for (String sum : program.chains()) {
      uniforms.put(
          new Uniform(sum), CodeBlock.of(scalar == Scalar.FLOAT ? "(float) $L" : "$L", sum));
    }
    for (List<RowStep> group : program.groups()) {
      if (group.get(0).isPerValue()) {
        new RowProgram(group).chains().forEach(sum -> code.addStatement("double $L = 0", sum));
        code.beginControlFlow("for (int $1L = 0; $1L < $2L; $1L++)", index, width);
        group.forEach(step -> code.add(step.match(this)));
        code.endControlFlow();
      } else {
        code.add(group.get(0).match(this));
      }
    }
    return code.build();
  }

  // to[o] = from[o] - max;
  @Override
  public CodeBlock map(RowStep.Map step) {
    return assign(values.get(step.row()) + " =", step.value());
  }

  // float d = maximize ? -g[o] : g[o];
  @Override
  public CodeBlock each(RowStep.Each step) {
    return assign(scalar.type() + " " + step.name() + " =", step.value());
  }

  // if (centered) {
  //   a[o] = Math.fma(alpha, a[o], share * d);
  // }
  @Override
  public CodeBlock when(RowStep.When step) {
    return CodeBlock.builder()
        .beginControlFlow("if ($L)", step.condition())
        .add(step.then().match(this))
        .endControlFlow()
        .build();
  }

  // float max = from[0];
  // for (int o = 1; o < width; o++) {
  //   max = Math.max(max, from[o]);
  // }
  //
  // float sum = FloatChains.sum(to, width);
  //
  // sum += FloatMath.exp(to[o]);
  @Override
  public CodeBlock reduce(RowStep.Reduce step) {
    return switch (step.order()) {
      case MAXIMUM ->
        CodeBlock.builder()
            .addStatement("$T $L = $L[0]", scalar.type(), step.name(), array(step.of()))
            .beginControlFlow("for (int $1L = 1; $1L < $2L; $1L++)", index, width)
            .addStatement(
                "$1L = $2T.max($1L, $3L[$4L])", step.name(), Math.class, array(step.of()), index)
            .endControlFlow()
            .build();
      case TREE -> tree(step);
      case CHAIN -> assign(step.name() + " +=", step.of());
    };
  }

  // float sum = FloatChains.sum(to, width);
  // float dot = FloatChains.dot(0f, to, from, width);
  private CodeBlock tree(RowStep.Reduce step) {
    List<Expr> rows = step.of().parts();
    if (rows.isEmpty()) {
      return statement(
          step.name(), CodeBlock.of("$T.sum($L, $L)", scalar.chains(), array(step.of()), width));
    }
    return statement(
        step.name(),
        CodeBlock.of(
            "$T.dot($L, $L, $L, $L)",
            scalar.chains(),
            scalar.literal(0),
            array(rows.get(0)),
            array(rows.get(1)),
            width));
  }

  private CodeBlock statement(String name, CodeBlock value) {
    return CodeBlock.builder()
        .addStatement("$T $L = $L", scalar.type(), name, value)
        .build();
  }

  private String array(Expr row) {
    return arrays.get((Variable) row);
  }

  // float log = FloatMath.log((float) sum);
  @Override
  public CodeBlock let(RowStep.Let step) {
    return assign(scalar.type() + " " + step.name() + " =", step.value());
  }

  private CodeBlock assign(String left, Expr value) {
    return ExprPrinter.assign(scalar, left, value, values, uniforms);
  }
}
