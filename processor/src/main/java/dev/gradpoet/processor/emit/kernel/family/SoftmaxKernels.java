package dev.gradpoet.processor.emit.kernel.family;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.KernelNames;
import dev.gradpoet.processor.graph.formula.Expr.Variable;
import java.util.Map;

/** The two kernels of cross entropy, without the row programs in them, which families print differently. */
public final class SoftmaxKernels {

  /** The arrays of the rows in {@link dev.gradpoet.processor.graph.formula.Softmax#exponentials}. */
  public static final Map<Variable, String> ROWS_OF_EXPONENTIALS =
      Map.of(Variable.X, "x", Variable.Y, "y");

  /** The array of the row in {@link dev.gradpoet.processor.graph.formula.Softmax#divide}. */
  public static final Map<Variable, String> ROWS_OF_DIVIDE = Map.of(Variable.Y, "y");

  private SoftmaxKernels() {}

  static MethodSpec exponentials(Scalar scalar) {
    return MethodSpec.methodBuilder(KernelNames.SOFTMAX_EXPONENTIALS)
        .addJavadoc(
            "{@code ys = e^(xs - max)}, with the maximum of each row in {@code softmax[0]} and the sum of its exponentials in {@code softmax[1]}.\n")
        .addParameter(scalar.rows(), "xs")
        .addParameter(TypeName.INT, "n")
        .addParameter(scalar.rows(), "ys")
        .addParameter(scalar.rows(), "softmax")
        .build();
  }

  // for (int r = 0; r < n; r++) {
  //   float[] x = xs[r];
  //   float[] y = ys[r];
  //   (max, total and y)
  //   softmax[0][r] = max;
  //   softmax[1][r] = total;
  // }
  /** Adds the body. */
  public static MethodSpec exponentials(
      MethodSpec.Builder method, Scalar scalar, CodeBlock program) {
    return method
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("$T x = xs[r]", scalar.array())
        .addStatement("$T y = ys[r]", scalar.array())
        .addCode(program)
        .addStatement("softmax[0][r] = max")
        .addStatement("softmax[1][r] = total")
        .endControlFlow()
        .build();
  }

  static MethodSpec divide(Scalar scalar) {
    return MethodSpec.methodBuilder(KernelNames.SOFTMAX_DIVIDE)
        .addJavadoc("{@code y = y / sum * factor}: the softmax of a row, from its exponentials.\n")
        .addParameter(scalar.array(), "y")
        .addParameter(scalar.type(), "sum")
        .addParameter(scalar.type(), "factor")
        .build();
  }
}
