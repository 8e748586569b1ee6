package dev.gradpoet.processor.emit.kernel.plain;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.code.Scalar;
import java.util.Arrays;

/** Prints the transposition of weights and the gradients of vectors in plain Java. */
final class PlainBackward {

  /** The parts of a row begin at multiples of it. */
  private static final int STEP = 16;

  private final Scalar scalar;

  PlainBackward(Scalar scalar) {
    this.scalar = scalar;
  }

  // float[] sums = scratch[0];
  // int from = part.from(d.length, 16), to = part.to(d.length, 16);
  // Arrays.fill(sums, from, to, 0f);
  // for (int r = 0; r < n; r++) {
  //   float[] dy = dys[r];
  //   for (int o = from; o < to; o++) {
  //     sums[o] += dy[o];
  //   }
  // }
  // for (int o = from; o < to; o++) {
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
        .addStatement("int from = part.from(d.length, $1L), to = part.to(d.length, $1L)", STEP)
        .addStatement("$T.fill(sums, from, to, $L)", Arrays.class, scalar.literal(0))
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement(rows)
        .beginControlFlow("for (int o = from; o < to; o++)")
        .addStatement(add)
        .endControlFlow()
        .endControlFlow()
        .beginControlFlow("for (int o = from; o < to; o++)")
        .addStatement("d[o] = $T.fma(factor, sums[o], d[o])", Math.class)
        .endControlFlow()
        .build();
  }

  // int from = part.from(width, 16), to = part.to(width, 16);
  // for (int i = 0; i < height; i++) {
  //   float[] row = w[i];
  //   for (int o = from; o < to; o++) {
  //     transposed[o][i] = row[o];
  //   }
  // }
  MethodSpec transpose(MethodSpec.Builder method) {
    return method
        .addStatement("int from = part.from(width, $1L), to = part.to(width, $1L)", STEP)
        .beginControlFlow("for (int i = 0; i < height; i++)")
        .addStatement("$T row = w[i]", scalar.array())
        .beginControlFlow("for (int o = from; o < to; o++)")
        .addStatement("transposed[o][i] = row[o]")
        .endControlFlow()
        .endControlFlow()
        .build();
  }
}
