package dev.gradpoet.processor.emit.kernel.plain;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.KernelNames;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.plan.BackwardKernel;
import java.util.Arrays;

/** Prints what the way back does for any linear layer in plain Java, beside the gradient of a weight. */
public final class PlainBackward {

  private final Signatures signatures;
  private final Scalar scalar;

  public PlainBackward(Signatures signatures) {
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
  public MethodSpec biasGradient(BackwardKernel.BiasGradient kernel) {
    return vectorGradient(
        signatures.methodOfFamily(kernel, KernelNames.DOC_OF_BIAS_GRADIENT),
        CodeBlock.of("$T dy = dys[r]", scalar.array()),
        CodeBlock.of("sums[o] += dy[o]"));
  }

  // (as of a bias, but for)
  // float[] x = xs[r], dy = dys[r];
  // sums[o] = Math.fma(x[o], dy[o], sums[o]);
  public MethodSpec scaleGradient(BackwardKernel.ScaleGradient kernel) {
    return vectorGradient(
        signatures.methodOfFamily(kernel, KernelNames.DOC_OF_SCALE_GRADIENT),
        CodeBlock.of("$T x = xs[r], dy = dys[r]", scalar.array()),
        CodeBlock.of("sums[o] = $T.fma(x[o], dy[o], sums[o])", Math.class));
  }

  private MethodSpec vectorGradient(MethodSpec.Builder method, CodeBlock rows, CodeBlock add) {
    return method
        .addStatement("$T sums = scratch[0]", scalar.array())
        .addStatement("$T.fill(sums, $L)", Arrays.class, scalar.literal(0))
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement(rows)
        .beginControlFlow("for (int o = 0; o < d.length; o++)")
        .addStatement(add)
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
  public MethodSpec transpose(BackwardKernel.Transpose kernel) {
    return signatures
        .methodOfFamily(kernel, KernelNames.DOC_OF_TRANSPOSE)
        .beginControlFlow("for (int i = 0; i < height; i++)")
        .addStatement("$T row = w[i]", scalar.array())
        .beginControlFlow("for (int o = 0; o < width; o++)")
        .addStatement("transposed[o][i] = row[o]")
        .endControlFlow()
        .endControlFlow()
        .build();
  }
}
