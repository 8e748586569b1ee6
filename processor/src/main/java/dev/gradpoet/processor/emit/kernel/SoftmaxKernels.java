package dev.gradpoet.processor.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.graph.formula.Expr.Variable;
import dev.gradpoet.processor.graph.formula.Softmax;
import dev.gradpoet.processor.plan.Plan;
import java.util.List;
import java.util.Map;

/** Prints the two kernels of cross entropy, which are all that its families do in ways of their own. */
public final class SoftmaxKernels {

  private final Signatures signatures;
  private final Scalar scalar;
  private final ProgramPrinter printer;
  private final CodeBlock width;

  private SoftmaxKernels(Plan plan, Signatures signatures, ProgramPrinter printer) {
    this.signatures = signatures;
    this.scalar = signatures.scalar();
    this.printer = printer;
    this.width = CodeBlock.of("$L", plan.outputs());
  }

  /** Those of the kernels that the loss asks for: with smoothed labels, the gradient is no multiple of the softmax. */
  public static List<MethodSpec> kernels(Plan plan, Signatures signatures, ProgramPrinter printer) {
    if (!plan.hasTwoPassLoss()) {
      return List.of();
    }
    SoftmaxKernels kernels = new SoftmaxKernels(plan, signatures, printer);
    return plan.loss().orElseThrow().dividesSoftmax()
        ? List.of(kernels.exponentials(), kernels.divide())
        : List.of(kernels.exponentials());
  }

  // public void softmaxExponentials(float[][] xs, int n, float[][] ys, float[][] softmax) {
  //   for (int r = 0; r < n; r++) {
  //     float[] x = xs[r];
  //     float[] y = ys[r];
  //     (max, total and y)
  //     softmax[0][r] = max;
  //     softmax[1][r] = total;
  //   }
  // }
  private MethodSpec exponentials() {
    return signatures
        .choice()
        .kernel(
            KernelNames.SOFTMAX_EXPONENTIALS,
            "{@code ys = e^(xs - max)}, with the max of each row in {@code softmax[0]} and its sum in {@code softmax[1]}.\n")
        .addParameter(scalar.rows(), "xs")
        .addParameter(TypeName.INT, "n")
        .addParameter(scalar.rows(), "ys")
        .addParameter(scalar.rows(), "softmax")
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("$T x = xs[r]", scalar.array())
        .addStatement("$T y = ys[r]", scalar.array())
        .addCode(
            printer.print(Softmax.exponentials(), Map.of(Variable.X, "x", Variable.Y, "y"), width))
        .addStatement("softmax[0][r] = max")
        .addStatement("softmax[1][r] = total")
        .endControlFlow()
        .build();
  }

  // public void softmaxDivide(float[] y, float sum, float factor) {
  //   for (int o = 0; o < 10; o++) {
  //     y[o] = y[o] / sum * factor;
  //   }
  // }
  private MethodSpec divide() {
    return signatures
        .choice()
        .kernel(
            KernelNames.SOFTMAX_DIVIDE,
            "{@code y = y / sum * factor}: the softmax of a row, from its exponentials.\n")
        .addParameter(scalar.array(), "y")
        .addParameter(scalar.type(), "sum")
        .addParameter(scalar.type(), "factor")
        .addCode(printer.print(Softmax.divide(), Map.of(Variable.Y, "y"), width))
        .build();
  }
}
