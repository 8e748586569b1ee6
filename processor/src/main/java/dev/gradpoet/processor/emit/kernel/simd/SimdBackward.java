package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.vector.Vectors;

/** Prints the transposition of weights and the gradients of vectors with the Vector API. */
final class SimdBackward {

  /** The parts of a row begin at multiples of it. */
  private static final int STEP = 16;

  private final Scalar scalar;
  private final Vectors vectors;

  SimdBackward(Scalar scalar) {
    this.scalar = scalar;
    this.vectors = new Vectors(scalar);
  }

  // for (int o = part.from(d.length, 16), end = part.to(d.length, 16); o < end; o += L) {
  //   FloatVector c = FloatVector.zero(S);
  //   for (int r = 0; r < n; r++) {
  //     c = FloatVector.fromArray(S, dys[r], o).add(c);
  //   }
  //   c.fma(FloatVector.broadcast(S, factor), FloatVector.fromArray(S, d, o)).intoArray(d, o);
  // }
  MethodSpec biasGradient(MethodSpec.Builder method) {
    return vectorGradient(method, CodeBlock.of("$L.add(c)", vectors.load("dys[r]", "o")));
  }

  // (like biasGradient, except for this line)
  // c = FloatVector.fromArray(S, xs[r], o).fma(FloatVector.fromArray(S, dys[r], o), c);
  MethodSpec scaleGradient(MethodSpec.Builder method) {
    return vectorGradient(
        method,
        CodeBlock.of("$L.fma($L, c)", vectors.load("xs[r]", "o"), vectors.load("dys[r]", "o")));
  }

  private MethodSpec vectorGradient(MethodSpec.Builder method, CodeBlock sum) {
    return method
        .beginControlFlow(
            "for (int o = part.from(d.length, $1L), end = part.to(d.length, $1L); o < end; o += L)",
            STEP)
        .addStatement("$T c = $L", vectors.type(), vectors.zero())
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("c = $L", sum)
        .endControlFlow()
        .addStatement(
            "c.fma($L, $L).intoArray(d, o)",
            vectors.all(CodeBlock.of("factor")),
            vectors.load("d", "o"))
        .endControlFlow()
        .build();
  }

  // The stride of a single panel is computed from arguments that are constants in the caller, so C2
  // folds it: half the time of a division.
  //
  // int o = 0, begin = part.from(width, 16), end = part.to(width, 16);
  // for (float[] from : w) {
  //   int stride = w.length == 1 ? (width + 15) / 16 * 16 : from.length / height;
  //   int columns = Math.min(stride, width - o), i = 0;
  //   for (float[] to : transposed) {
  //     int toStride = transposed.length == 1 ? (height + 15) / 16 * 16 : to.length / width;
  //     int rows = Math.min(toStride, height - i);
  //     int last = Math.min(columns, end - o);
  //     for (int column = Math.max(0, begin - o); column < last; column++) {
  //       for (int k = 0, at = (o + column) * toStride, j = i * stride + column; k < rows; ...) {
  //         to[at + k] = from[j];
  //       }
  //     }
  //     i += rows;
  //   }
  //   o += columns;
  // }
  MethodSpec transpose(MethodSpec.Builder method) {
    return method
        .addStatement("int o = 0, begin = part.from(width, $1L), end = part.to(width, $1L)", STEP)
        .beginControlFlow("for ($T from : w)", scalar.array())
        .addStatement("int stride = w.length == 1 ? (width + 15) / 16 * 16 : from.length / height")
        .addStatement("int columns = $T.min(stride, width - o), i = 0", Math.class)
        .beginControlFlow("for ($T to : transposed)", scalar.array())
        .addStatement(
            "int toStride = transposed.length == 1 ? (height + 15) / 16 * 16 : to.length / width")
        .addStatement("int rows = $T.min(toStride, height - i)", Math.class)
        .addStatement("int last = $T.min(columns, end - o)", Math.class)
        .beginControlFlow(
            "for (int column = $T.max(0, begin - o); column < last; column++)", Math.class)
        .beginControlFlow(
            "for (int k = 0, at = (o + column) * toStride, j = i * stride + column; k < rows; k++, j += stride)")
        .addStatement("to[at + k] = from[j]")
        .endControlFlow()
        .endControlFlow()
        .addStatement("i += rows")
        .endControlFlow()
        .addStatement("o += columns")
        .endControlFlow()
        .build();
  }
}
