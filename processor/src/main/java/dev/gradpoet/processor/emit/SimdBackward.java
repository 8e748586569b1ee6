package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.plan.Kernel;
import dev.gradpoet.processor.plan.SimdTiling;
import dev.gradpoet.processor.plan.SumOrder;

/** Prints the vector kernels of the way back: products in tiles, what only moves values as in plain Java. */
final class SimdBackward implements Kernel.Cases<MethodSpec> {

  private final Signatures signatures;
  private final Scalar scalar;
  private final SimdProducts products;
  private final SimdProducts productsOnto;
  private final SimdGradients gradients;
  private final SimdDot dot;
  private final PlainBackward moves;

  SimdBackward(
      Signatures signatures,
      SimdProducts products,
      SimdProducts productsOnto,
      SimdGradients gradients,
      SimdDot dot,
      PlainBackward moves) {
    this.signatures = signatures;
    this.scalar = signatures.scalar();
    this.products = products;
    this.productsOnto = productsOnto;
    this.gradients = gradients;
    this.dot = dot;
    this.moves = moves;
  }

  @Override
  public MethodSpec product(Kernel.Product kernel) {
    return moves.product(kernel);
  }

  @Override
  public MethodSpec sum(Kernel.Sum kernel) {
    return moves.sum(kernel);
  }

  @Override
  public MethodSpec join(Kernel.Join kernel) {
    return moves.join(kernel);
  }

  @Override
  public MethodSpec activationGradient(Kernel.ActivationGradient kernel) {
    return moves.activationGradient(kernel);
  }

  @Override
  public MethodSpec sumGradient(Kernel.SumGradient kernel) {
    return moves.sumGradient(kernel);
  }

  @Override
  public MethodSpec joinGradient(Kernel.JoinGradient kernel) {
    return moves.joinGradient(kernel);
  }

  // gradient(height, n, xs, dys, scratch[0], factor, d, (width + 15) / 16 * 16);
  @Override
  public MethodSpec weightGradient(Kernel.WeightGradient kernel) {
    return signatures
        .method(kernel)
        .addJavadoc(PlainBackward.WEIGHT_GRADIENT)
        .addStatement(
            "$L(height, n, xs, dys, scratch[0], factor, d, (width + 15) / 16 * 16)",
            gradients.gradient(kernel.parameters().width()))
        .build();
  }

  // for (int o = 0; o < d.length; o += L) {
  //   FloatVector c = FloatVector.zero(S);
  //   for (int r = 0; r < n; r++) {
  //     c = FloatVector.fromArray(S, dys[r], o).add(c);
  //   }
  //   c.fma(FloatVector.broadcast(S, factor), FloatVector.fromArray(S, d, o)).intoArray(d, o);
  // }
  @Override
  public MethodSpec biasGradient(Kernel.BiasGradient kernel) {
    Vectors vectors = new Vectors(scalar);
    return signatures
        .method(kernel)
        .addJavadoc(PlainBackward.BIAS_GRADIENT)
        .beginControlFlow("for (int o = 0; o < d.length; o += L)")
        .addStatement("$T c = $L", vectors.type(), vectors.zero())
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("c = $L.add(c)", vectors.load("dys[r]", "o"))
        .endControlFlow()
        .addStatement(
            "c.fma($L, $L).intoArray(d, o)",
            vectors.all(CodeBlock.of("factor")),
            vectors.load("d", "o"))
        .endControlFlow()
        .build();
  }

  // Strips of eight columns, whole rows of the copy, are written side by side: rows that lie far
  // apart share a few sets of the nearest cache, which would drive out lines half written.
  // Past the last column, the padding of the copy is written.
  //
  // int o = 0;
  // for (float[] from : w) {
  //   int stride = (stride, see below), i = 0;
  //   for (float[] to : transposed) {
  //     int toStride = (stride, see below), end = Math.min(i + toStride, height);
  //     for (int column = 0; column < stride; column += 8) {
  //       for (int k = i, at = (o + column) * toStride, j = i * stride + column; k < end; k++,
  // at++, j += stride) {
  //         to[at] = from[j];
  //         to[at + toStride] = from[j + 1];
  //         ...
  //       }
  //     }
  //     i += toStride;
  //   }
  //   o += stride;
  // }
  @Override
  public MethodSpec transpose(Kernel.Transpose kernel) {
    MethodSpec.Builder method = signatures
        .method(kernel)
        .addJavadoc(PlainBackward.TRANSPOSE)
        .addStatement("int o = 0")
        .beginControlFlow("for ($T from : w)", scalar.array())
        .addStatement("int stride = $L, i = 0", stride("w", "width", "o"))
        .beginControlFlow("for ($T to : transposed)", scalar.array())
        .addStatement(
            "int toStride = $L, end = $T.min(i + toStride, height)",
            stride("transposed", "height", "i"),
            Math.class)
        .beginControlFlow("for (int column = 0; column < stride; column += $L)", SimdTiling.STRIP)
        .beginControlFlow(
            "for (int k = i, at = (o + column) * toStride, j = i * stride + column; k < end; k++, at++, j += stride)")
        .addStatement("to[at] = from[j]")
        .addStatement("to[at + toStride] = from[j + 1]");
    for (int column = 2; column < SimdTiling.STRIP; column++) {
      method.addStatement("to[at + $1L * toStride] = from[j + $1L]", column);
    }
    return method
        .endControlFlow()
        .endControlFlow()
        .addStatement("i += toStride")
        .endControlFlow()
        .addStatement("o += stride")
        .endControlFlow()
        .build();
  }

  // w.length == 1 ? (width + 15) / 16 * 16 : Math.min(64, (width + 15) / 16 * 16 - o)
  private static CodeBlock stride(String panels, String width, String from) {
    return CodeBlock.of(
        "$1L.length == 1 ? ($2L + 15) / 16 * 16 : $3T.min($4L, ($2L + 15) / 16 * 16 - $5L)",
        panels,
        width,
        Math.class,
        SimdTiling.PANEL,
        from);
  }

  // product(n, dys, 10, 10, w, ZEROS, dxs, 128);
  // for (int r = 0; r < n; r++) {
  //   reluGradient(kept[r], dxs[r], 128);
  // }
  @Override
  public MethodSpec inputGradient(Kernel.InputGradient kernel) {
    SumOrder order = kernel.order();
    MethodSpec.Builder method =
        signatures.method(kernel).addJavadoc(PlainBackward.inputGradientInWords(kernel));
    if (order.kind() == SumOrder.Kind.LANES) {
      CodeBlock first = kernel.first() ? scalar.literal(0) : CodeBlock.of("dx[i]");
      method
          .beginControlFlow("for (int r = 0; r < n; r++)")
          .addStatement("$T dy = dys[r]", scalar.array())
          .addStatement("$T dx = dxs[r]", scalar.array())
          .addCode(SimdForward.lanes(dot, order, "dx", "dy", first, "i"))
          .endControlFlow();
    } else {
      method.addStatement(
          kernel.first()
              ? products.call(order, "dys", PlainForward.ZEROS + ", dxs")
              : productsOnto.call(order, "dys", "dxs"));
    }
    return moves.finishRows(method, kernel.target().width(), kernel.derivative());
  }
}
