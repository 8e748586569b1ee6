package dev.gradpoet.processor.emit.kernel.norm;

import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.plan.NormKernels;

/** Prints what a normalization computes, without the activation. */
public final class NormalizationKernels {

  private NormalizationKernels() {}

  // for (int o = 0; o < 32; o++) {
  //   y[o] = (x[o] - mean[o]) / std[o];
  // }
  //
  // for (int c = 0; c < 3; c++) {       of channels of 49 values
  //   for (int o = c * 49; o < c * 49 + 49; o++) {
  //     y[o] = (x[o] - mean[c]) / std[c];
  //   }
  // }
  public static void row(MethodSpec.Builder method, NormKernels.Normalization kernel) {
    loop(
        method,
        kernel.mean().size(),
        kernel.output().width(),
        "o",
        "y[o] = (x[o] - mean[%1$s]) / std[%1$s]");
  }

  // for (int r = 0; r < n; r++) {
  //   float[] dy = dys[r], dx = dxs[r];
  //   for (int i = 0; i < 32; i++) {
  //     dx[i] = dy[i] / std[i];
  //   }
  /** The loop over the rows stays open. */
  public static void gradient(
      MethodSpec.Builder method, NormKernels.NormalizationGradient kernel, Scalar scalar) {
    method
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("$T dy = dys[r], dx = dxs[r]", scalar.array());
    loop(
        method,
        kernel.std().size(),
        kernel.target().width(),
        "i",
        "dx[i] " + (kernel.first() ? "=" : "+=") + " dy[i] / std[%s]");
  }

  /** A statement for each value, whose index is {@code i}, with the index of its mean. */
  private static void loop(
      MethodSpec.Builder method, int features, int width, String i, String statement) {
    if (features == width) {
      method
          .beginControlFlow("for (int $1L = 0; $1L < $2L; $1L++)", i, width)
          .addStatement(statement.formatted(i))
          .endControlFlow();
      return;
    }
    int length = width / features;
    method
        .beginControlFlow("for (int c = 0; c < $L; c++)", features)
        .beginControlFlow("for (int $1L = c * $2L; $1L < c * $2L + $2L; $1L++)", i, length)
        .addStatement(statement.formatted("c"))
        .endControlFlow()
        .endControlFlow();
  }
}
