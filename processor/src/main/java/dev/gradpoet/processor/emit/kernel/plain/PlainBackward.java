package dev.gradpoet.processor.emit.kernel.plain;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.code.Scalar;
import java.util.Arrays;

/** Prints the transposition of weights and the gradients of vectors in plain Java. */
final class PlainBackward {

  private final Scalar scalar;

  PlainBackward(Scalar scalar) {
    this.scalar = scalar;
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
  MethodSpec biasGradient(MethodSpec.Builder method) {
    return vectorGradient(
        method, CodeBlock.of("$T dy = dys[r]", scalar.array()), CodeBlock.of("sums[o] += dy[o]"));
  }

  // (like biasGradient, except for these two lines)
  // float[] x = xs[r], dy = dys[r];
  // sums[o] = Math.fma(x[o], dy[o], sums[o]);
  MethodSpec scaleGradient(MethodSpec.Builder method) {
    return vectorGradient(
        method,
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
  MethodSpec transpose(MethodSpec.Builder method) {
    return method
        .beginControlFlow("for (int i = 0; i < height; i++)")
        .addStatement("$T row = w[i]", scalar.array())
        .beginControlFlow("for (int o = 0; o < width; o++)")
        .addStatement("transposed[o][i] = row[o]")
        .endControlFlow()
        .endControlFlow()
        .build();
  }
}
