package dev.gradpoet.processor.emit;

import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.plan.Kernel;
import java.util.Arrays;

/** Prints what the way back does for any linear layer in plain Java, beside the gradient of a weight. */
final class PlainBackward {

  static final String BIAS_GRADIENT =
      "{@code d = d + factor sum dY} of any layer, the samples in order from zero.\n";

  static final String TRANSPOSE =
      "A copy of any layer's weight for the gradient of its input; made anew on each way back, so never stale.\n";

  private final Signatures signatures;
  private final Scalar scalar;

  PlainBackward(Signatures signatures) {
    this.signatures = signatures;
    this.scalar = signatures.scalar();
  }

  // float[] sums = scratch[0];
  // Arrays.fill(sums, 0f);
  // for (int r = 0; r < n; r++) {
  //   float[] dy = dys[r];
  //   for (int o = 0; o < d.length; o++) {
  //     sums[o] += dy[o];
  //   }
  // }
  // for (int o = 0; o < d.length; o++) {
  //   d[o] = Math.fma(factor, sums[o], d[o]);
  // }
  MethodSpec biasGradient(Kernel.BiasGradient kernel) {
    return signatures
        .methodOfFamily(kernel, BIAS_GRADIENT)
        .addStatement("$T sums = scratch[0]", scalar.array())
        .addStatement("$T.fill(sums, $L)", Arrays.class, scalar.literal(0))
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("$T dy = dys[r]", scalar.array())
        .beginControlFlow("for (int o = 0; o < d.length; o++)")
        .addStatement("sums[o] += dy[o]")
        .endControlFlow()
        .endControlFlow()
        .beginControlFlow("for (int o = 0; o < d.length; o++)")
        .addStatement("d[o] = $T.fma(factor, sums[o], d[o])", Math.class)
        .endControlFlow()
        .build();
  }

  // for (int i = 0; i < height; i++) {
  //   float[] row = w[i];
  //   for (int o = 0; o < width; o++) {
  //     transposed[o][i] = row[o];
  //   }
  // }
  MethodSpec transpose(Kernel.Transpose kernel) {
    return signatures
        .methodOfFamily(kernel, TRANSPOSE)
        .beginControlFlow("for (int i = 0; i < height; i++)")
        .addStatement("$T row = w[i]", scalar.array())
        .beginControlFlow("for (int o = 0; o < width; o++)")
        .addStatement("transposed[o][i] = row[o]")
        .endControlFlow()
        .endControlFlow()
        .build();
  }
}
