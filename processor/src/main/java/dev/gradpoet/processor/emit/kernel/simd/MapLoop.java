package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.ExprPrinter;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.family.Helpers;
import dev.gradpoet.processor.emit.kernel.simd.loop.SimdLoops;
import dev.gradpoet.processor.emit.kernel.vector.VectorCode;
import dev.gradpoet.processor.emit.kernel.vector.VectorLoop;
import dev.gradpoet.processor.graph.formula.Expr.Uniform;
import dev.gradpoet.processor.graph.formula.Expr.Variable;
import dev.gradpoet.processor.graph.formula.RowProgram;
import dev.gradpoet.processor.graph.formula.RowStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code exponentials(from, to, max, width)}: steps of a row program that share one loop. */
record MapLoop(VectorLoop loop) implements SimdLoops.Loop {

  private static final Scalar FLOAT = Scalar.FLOAT;

  @Override
  public String wantedName() {
    List<RowStep.Map> maps = loop.program().maps();
    return maps.get(maps.size() - 1).name();
  }

  // /** {@code to = FloatMath.exp(from - max)}. */
  // static void exponentials(float[] from, float[] to, float max, int width) {
  //   (loop)
  // }
  @Override
  public MethodSpec method(Helpers helpers) {
    Map<Variable, String> arrays = parameters();
    List<Uniform> numbers = loop.program().arguments();
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(helpers.name(this)).addJavadoc("$L", javadoc(arrays));
    loop.program().rows().forEach(row -> method.addParameter(FLOAT.array(), arrays.get(row)));
    numbers.forEach(number -> method.addParameter(FLOAT.type(), number.name()));
    CodeBlock width = CodeBlock.of("$L", RowProgram.WIDTH.name());
    return method
        .addParameter(TypeName.INT, RowProgram.WIDTH.name())
        .addCode(print(loop, numbers.stream().map(Uniform::name), arrays, width))
        .build();
  }

  /** The arguments of a call, given the names of the rows. */
  static CodeBlock arguments(VectorLoop loop, Map<Variable, String> arrays, CodeBlock width) {
    List<CodeBlock> arguments = new ArrayList<>();
    loop.program().rows().forEach(row -> arguments.add(CodeBlock.of("$L", arrays.get(row))));
    loop.program()
        .arguments()
        .forEach(uniform -> arguments.add(CodeBlock.of("$L", uniform.name())));
    arguments.add(width);
    return CodeBlock.join(arguments, ", ");
  }

  // for (int o = 0; o < width; o += L) {
  //   FloatVector y = FloatVector.fromArray(S, from, o), g = FloatVector.fromArray(S, to, o);
  //   y.mul(g.sub(dot)).intoArray(to, o);
  // }
  /**
   * The loop itself.
   *
   * @param numbers the names of uniforms, which variables must not have
   */
  static CodeBlock print(
      VectorLoop loop, Stream<String> numbers, Map<Variable, String> arrays, CodeBlock width) {
    List<String> taken = new ArrayList<>(arrays.values());
    numbers.forEach(taken::add);
    taken.addAll(List.of("o", RowProgram.WIDTH.name()));
    return CodeBlock.builder()
        .beginControlFlow("for (int o = 0; o < $L; o += L)", width)
        .add(loop.body(new VectorCode(FLOAT, taken), arrays, "o", width))
        .endControlFlow()
        .build();
  }

  /** The names of the parameters: if it writes a single row, that row is {@code to}, and {@code from} is the first row that it only reads. */
  private Map<Variable, String> parameters() {
    Map<Variable, String> parameters = new LinkedHashMap<>();
    List<Variable> written = loop.program().written();
    for (Variable row : loop.program().rows()) {
      boolean isTarget = written.size() == 1 && written.contains(row);
      boolean isSource = written.size() == 1 && !isTarget && !parameters.containsValue("from");
      parameters.put(row, isTarget ? "to" : isSource ? "from" : row.name());
    }
    return parameters;
  }

  private CodeBlock javadoc(Map<Variable, String> arrays) {
    Map<Variable, CodeBlock> names = new LinkedHashMap<>();
    arrays.forEach((row, array) -> names.put(row, CodeBlock.of("$L", array)));
    List<CodeBlock> formulas = loop.program().maps().stream()
        .map(map -> CodeBlock.of(
            "{@code $L = $L}",
            arrays.get(map.row()),
            ExprPrinter.expression(FLOAT, map.value(), names, Map.of())))
        .toList();
    return CodeBlock.of("$L.\n", CodeBlock.join(formulas, ", "));
  }
}
