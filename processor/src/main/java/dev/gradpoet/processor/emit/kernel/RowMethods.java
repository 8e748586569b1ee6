package dev.gradpoet.processor.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Names;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.graph.formula.Expr.Variable;
import dev.gradpoet.processor.graph.formula.RowMethod;
import dev.gradpoet.processor.graph.formula.RowProgram;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The methods that are programs of rows: what kernels call them, and how a family prints them. */
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
   * @param passed its rows, and then its arguments
   */
  public CodeBlock call(RowMethod method, int width, List<CodeBlock> passed) {
    return CodeBlock.of("$L($L, $L)", methods.get(method), CodeBlock.join(passed, ", "), width);
  }

  /** The methods that all families print alike, in plain Java. */
  List<MethodSpec> shared() {
    return methods.keySet().stream()
        .filter(this::isShared)
        .map(each -> method(
            each, choice.ofAll(methods.get(each), each.inWords()), ProgramPrinter.plain(scalar)))
        .toList();
  }

  /** The methods that each family prints in its way. */
  public List<MethodSpec> ofFamily(ProgramPrinter printer) {
    return methods.keySet().stream()
        .filter(each -> !isShared(each))
        .map(each -> method(each, choice.kernel(methods.get(each), each.inWords()), printer))
        .toList();
  }

  private boolean isShared(RowMethod method) {
    return scalar == Scalar.DOUBLE || !method.program().chains().isEmpty();
  }

  // float layerNorm(float[] x, float[] w, float[] b, float[] xhat, float[] y, float eps, int
  // width) {
  //   (statements of the program)
  //   return rstd;
  // }
  private MethodSpec method(RowMethod row, MethodSpec.Builder method, ProgramPrinter printer) {
    Map<Variable, String> arrays = new LinkedHashMap<>();
    row.rows().forEach(each -> arrays.put(each, each.name()));
    arrays.values().forEach(name -> method.addParameter(scalar.array(), name));
    row.program().arguments().forEach(each -> method.addParameter(scalar.type(), each.name()));
    String width = RowProgram.WIDTH.name();
    method
        .addParameter(TypeName.INT, width)
        .addCode(printer.print(row.program(), arrays, CodeBlock.of("$L", width)));
    row.returned()
        .ifPresent(
            number -> method.returns(scalar.type()).addStatement("return $L", number.name()));
    return method.build();
  }
}
