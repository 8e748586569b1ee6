package dev.gradpoet.processor.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.RowPrinter;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.graph.formula.Expr.Variable;
import dev.gradpoet.processor.graph.formula.RowMethod;
import dev.gradpoet.processor.graph.formula.RowProgram;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The methods that are row programs: their names, calls and bodies. */
public final class RowMethods {

  private final Scalar scalar;
  private final KernelChoice choice;

  /** The names of the methods, in the order of first use. */
  private final Map<RowMethod, String> methods = new LinkedHashMap<>();

  RowMethods(Stream<RowMethod> required, Names names, Scalar scalar, KernelChoice choice) {
    this.scalar = scalar;
    this.choice = choice;
    required.forEach(each -> methods.computeIfAbsent(each, added -> names.method(added.name())));
  }

  /**
   * {@code layerNorm(x, w, b, xhat, y, 1.0E-5f, 32)}.
   *
   * @param passed its rows, followed by its arguments
   */
  public CodeBlock call(RowMethod method, int width, List<CodeBlock> passed) {
    return CodeBlock.of("$L($L, $L)", methods.get(method), CodeBlock.join(passed, ", "), width);
  }

  /** The methods that are the same in all families, in plain Java. */
  public List<MethodSpec> shared() {
    return methods.keySet().stream()
        .filter(this::isShared)
        .map(each -> plain(choice.ofAll(head(each)), each, scalar))
        .toList();
  }

  /** The methods that each family prints differently. */
  public List<RowMethod> differing() {
    return methods.keySet().stream().filter(each -> !isShared(each)).toList();
  }

  private boolean isShared(RowMethod method) {
    return scalar == Scalar.DOUBLE || !method.program().chains().isEmpty();
  }

  /** {@code float layerNorm(float[] x, float[] w, float[] b, float[] xhat, float[] y, float eps, int width)}, without a body. */
  public MethodSpec head(RowMethod row) {
    MethodSpec.Builder method = MethodSpec.methodBuilder(methods.get(row))
        .addJavadoc("$L", row.javadoc())
        .returns(row.returned().isPresent() ? scalar.type() : TypeName.VOID);
    row.rows().forEach(each -> method.addParameter(scalar.array(), each.name()));
    row.program().arguments().forEach(each -> method.addParameter(scalar.type(), each.name()));
    return method.addParameter(TypeName.INT, RowProgram.WIDTH.name()).build();
  }

  /** The names of the program's rows in its method. */
  public static Map<Variable, String> arrays(RowMethod row) {
    Map<Variable, String> arrays = new LinkedHashMap<>();
    row.rows().forEach(each -> arrays.put(each, each.name()));
    return arrays;
  }

  // (statements of the program)
  // return rstd;
  /** Adds the body of a method. */
  public static MethodSpec method(MethodSpec.Builder method, RowMethod row, CodeBlock statements) {
    method.addCode(statements);
    row.returned().ifPresent(number -> method.addStatement("return $L", number.name()));
    return method.build();
  }

  /** Adds the body of a method in plain Java. */
  public static MethodSpec plain(MethodSpec.Builder method, RowMethod row, Scalar scalar) {
    CodeBlock width = CodeBlock.of("$L", RowProgram.WIDTH.name());
    return method(method, row, new RowPrinter(scalar, arrays(row), width).print(row.program()));
  }
}
