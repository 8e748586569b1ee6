package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.ExprPrinter;
import dev.gradpoet.processor.emit.code.RowPrinter;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.MethodSet;
import dev.gradpoet.processor.emit.kernel.vector.VectorCode;
import dev.gradpoet.processor.emit.kernel.vector.VectorLoop;
import dev.gradpoet.processor.emit.kernel.vector.VectorNodes;
import dev.gradpoet.processor.graph.formula.Expr.Uniform;
import dev.gradpoet.processor.graph.formula.Expr.Variable;
import dev.gradpoet.processor.graph.formula.RowProgram;
import dev.gradpoet.processor.graph.formula.RowStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Prints programs of float32 rows in vectors: the twin of {@link RowPrinter}, of the same bits. */
public final class SimdRowPrograms {

  private static final Scalar FLOAT = Scalar.FLOAT;

  private final MethodSet methods;

  public SimdRowPrograms(MethodSet methods) {
    this.methods = methods;
  }

  /** Whether one method may hold all of a program: a maximum is a method already, and C2 has a limit for those that are inlined, too. */
  public static boolean isOneMethod(RowProgram program, Map<Variable, String> arrays) {
    return program.maxima().isEmpty()
        && VectorNodes.fits(CodeBlock.join(
            loops(program).stream()
                .map(loop -> loop.body(new VectorCode(), arrays, "o", CodeBlock.of("width")))
                .toList(),
            ""));
  }

  private static List<VectorLoop> loops(RowProgram program) {
    return program.groups().stream()
        .filter(group -> group.get(0).isOfValues())
        .map(group -> new VectorLoop(FLOAT, new RowProgram(group), program.maxima()))
        .toList();
  }

  /** The statements of a program, in a method of a loop. */
  public CodeBlock inLoops(RowProgram program, Map<Variable, String> arrays, CodeBlock width) {
    return isOneMethod(program, arrays)
        ? print(program, arrays, width, loop -> loop(loop, names(program), arrays, width))
        : calls(program, arrays, width);
  }

  // float max = maximum(from, width);
  // exponentials(from, to, max, width);
  // float sum = FloatChains.sum(to, width);
  // divide(to, sum, width);
  /** The statements of a program, in which each loop is the call of a method. */
  public CodeBlock calls(RowProgram program, Map<Variable, String> arrays, CodeBlock width) {
    return print(program, arrays, width, loop -> call(loop, arrays, width));
  }

  /** What a method that holds a program calls numbers of the row. */
  private static Stream<String> names(RowProgram program) {
    return Stream.concat(
        program.arguments().stream().map(Uniform::name),
        program.steps().stream().flatMap(step -> step.result().stream()));
  }

  private interface LoopPrinter {
    CodeBlock print(VectorLoop loop);
  }

  private CodeBlock print(
      RowProgram program, Map<Variable, String> arrays, CodeBlock width, LoopPrinter printer) {
    RowPrinter scalar = new RowPrinter(FLOAT, arrays, width);
    CodeBlock.Builder code = CodeBlock.builder();
    for (List<RowStep> group : program.groups()) {
      RowStep first = group.get(0);
      if (first.isOfValues()) {
        code.add(printer.print(new VectorLoop(FLOAT, new RowProgram(group), program.maxima())));
      } else if (first instanceof RowStep.Reduce max && max.order() == RowStep.Order.MAXIMUM) {
        String name = methods.name("maximum", SimdMaximum::method);
        String array = arrays.get((Variable) max.of());
        code.addStatement("float $L = $L($L, $L)", max.name(), name, array, width);
      } else {
        code.add(first.match(scalar));
      }
    }
    return code.build();
  }

  // for (int o = 0; o < width; o += L) {
  //   FloatVector y = FloatVector.fromArray(S, from, o), g = FloatVector.fromArray(S, to, o);
  //   y.mul(g.sub(dot)).intoArray(to, o);
  // }
  private CodeBlock loop(
      VectorLoop loop, Stream<String> names, Map<Variable, String> arrays, CodeBlock width) {
    List<String> taken = new ArrayList<>(arrays.values());
    names.forEach(taken::add);
    taken.addAll(List.of("o", RowProgram.WIDTH.name()));
    VectorCode code = new VectorCode(FLOAT, taken);
    CodeBlock body = loop.body(code, arrays, "o", width);
    methods.reads(code.polynomials());
    return CodeBlock.builder()
        .beginControlFlow("for (int o = 0; o < $L; o += L)", width)
        .add(body)
        .endControlFlow()
        .build();
  }

  // exponentials(from, to, max, width)
  private CodeBlock call(VectorLoop loop, Map<Variable, String> arrays, CodeBlock width) {
    RowStep.Map last = loop.program().maps().get(loop.program().maps().size() - 1);
    String name = methods.name(loop, last.name(), free -> method(loop, free));
    List<CodeBlock> arguments = new ArrayList<>();
    loop.program().rows().forEach(row -> arguments.add(CodeBlock.of("$L", arrays.get(row))));
    loop.program()
        .arguments()
        .forEach(uniform -> arguments.add(CodeBlock.of("$L", uniform.name())));
    arguments.add(width);
    return CodeBlock.builder()
        .addStatement("$L($L)", name, CodeBlock.join(arguments, ", "))
        .build();
  }

  // /** {@code to = FloatMath.exp(from - max)}. */
  // static void exponentials(float[] from, float[] to, float max, int width) {
  //   (loop)
  // }
  private MethodSpec method(VectorLoop loop, String name) {
    Map<Variable, String> arrays = parameters(loop);
    MethodSpec.Builder method = MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addJavadoc("$L", javadoc(loop, arrays));
    loop.program().rows().forEach(row -> method.addParameter(FLOAT.array(), arrays.get(row)));
    for (Uniform uniform : loop.program().arguments()) {
      method.addParameter(FLOAT.type(), uniform.name());
    }
    return method
        .addParameter(TypeName.INT, RowProgram.WIDTH.name())
        .addCode(
            loop(loop, names(loop.program()), arrays, CodeBlock.of("$L", RowProgram.WIDTH.name())))
        .build();
  }

  /** What the parameters of a loop's method are called: of one that writes a single row, {@code to} is that, {@code from} the first that it only reads. */
  private static Map<Variable, String> parameters(VectorLoop loop) {
    Map<Variable, String> parameters = new LinkedHashMap<>();
    List<Variable> written = loop.program().written();
    for (Variable row : loop.program().rows()) {
      boolean isTarget = written.size() == 1 && written.contains(row);
      boolean isSource = written.size() == 1 && !isTarget && !parameters.containsValue("from");
      parameters.put(row, isTarget ? "to" : isSource ? "from" : row.name());
    }
    return parameters;
  }

  private static CodeBlock javadoc(VectorLoop loop, Map<Variable, String> arrays) {
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
