package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.plan.Kernel;
import dev.gradpoet.processor.plan.Padding;
import dev.gradpoet.processor.plan.SimdTiling;
import dev.gradpoet.processor.plan.SumOrder;

/** Prints the product of a single row with a wide weight: whole rows of it, its sums in memory. */
final class SimdStream {

  private final Signatures signatures;
  private final Scalar scalar;
  private final Vectors vectors;
  private final PlainForward plain;

  SimdStream(Signatures signatures, PlainForward plain) {
    this.signatures = signatures;
    this.scalar = signatures.scalar();
    this.vectors = new Vectors(scalar);
    this.plain = plain;
  }

  // float[] m = w[0];
  // System.arraycopy(b, 0, y, 0, 512);
  // int k = 0;
  // for (; k + 4 <= 784; k += 4) {
  //   FloatVector x0 = FloatVector.broadcast(S, x[k]), ..., x3 = ...;
  //   for (int o = 0, at = k * 512; o < 512; o += L, at += L) {
  //     FloatVector c = x0.fma(FloatVector.fromArray(S, m, at), FloatVector.fromArray(S, y, o));
  //     c = x1.fma(FloatVector.fromArray(S, m, at + 512), c);
  //     ...
  //     c.intoArray(y, o);
  //   }
  // }
  // (one k at a time for what is left)
  /** The method of a kernel {@link SimdTiling#isStream whose weight is wide}. */
  MethodSpec method(Kernel.Product kernel) {
    SumOrder order = kernel.order();
    int stride = Padding.padded(order.outer());
    MethodSpec.Builder method = signatures
        .rowMethod(kernel)
        .addJavadoc(
            "One row of {@link #$L}: $L rows of the weight at a time, whole rows, so that caches fetch ahead; the sums are in y.\n",
            signatures.name(kernel),
            SimdTiling.STREAMS)
        .addStatement("$T m = w[0]", scalar.array())
        .addStatement(
            "$T.arraycopy($L, 0, y, 0, $L)", System.class, PlainForward.start(kernel), stride);
    int whole = order.inner() / SimdTiling.STREAMS * SimdTiling.STREAMS;
    if (whole > 0) {
      method.beginControlFlow("for (int k = 0; k < $L; k += $L)", whole, SimdTiling.STREAMS);
      streams(method, SimdTiling.STREAMS, stride);
    }
    if (whole < order.inner()) {
      method.beginControlFlow("for (int k = $L; k < $L; k++)", whole, order.inner());
      streams(method, 1, stride);
    }
    return method
        .addCode(plain.epilogue(kernel.output(), kernel.epilogue(), ""))
        .build();
  }

  private void streams(MethodSpec.Builder method, int rows, int stride) {
    for (int q = 0; q < rows; q++) {
      method.addStatement(
          "$T x$L = $L",
          vectors.type(),
          q,
          vectors.all(CodeBlock.of("x[$L]", TileCode.after("k", q))));
    }
    method
        .beginControlFlow("for (int o = 0, at = k * $1L; o < $1L; o += L, at += L)", stride)
        .addStatement(
            "$T c = x0.fma($L, $L)",
            vectors.type(),
            vectors.load("m", "at"),
            vectors.load("y", "o"));
    for (int q = 1; q < rows; q++) {
      method.addStatement("c = x$L.fma($L, c)", q, vectors.load("m", "at + " + q * stride));
    }
    method.addStatement("c.intoArray(y, o)").endControlFlow().endControlFlow();
  }
}
