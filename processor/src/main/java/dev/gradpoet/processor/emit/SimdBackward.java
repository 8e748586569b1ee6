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

  // gradient(height, n, xs, dys, scratch[0], factor, d[0], (width + 15) / 16 * 16);
  @Override
  public MethodSpec weightGradient(Kernel.WeightGradient kernel) {
    return signatures
        .method(kernel)
        .addJavadoc(PlainBackward.WEIGHT_GRADIENT)
        .addStatement(
            "$L(height, n, xs, dys, scratch[0], factor, d[0], (width + 15) / 16 * 16)",
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

  // Strips of eight columns, whole rows of the copy, are written side by side: rows that lie 2 or
  // 4 KB apart share a few sets of the nearest cache, which would drive out lines half written.
  // Past the last column, the padding of the copy is written.
  //
  // float[] from = w[0], to = transposed[0];
  // int stride = (width + 15) / 16 * 16, toStride = (height + 15) / 16 * 16;
  // for (int o = 0; o < width; o += 8) {
  //   for (int i = 0, at = o * toStride, j = o; i < height; i++, at++, j += stride) {
  //     to[at] = from[j];
  //     to[at + toStride] = from[j + 1];
  //     ...
  //   }
  // }
  @Override
  public MethodSpec transpose(Kernel.Transpose kernel) {
    MethodSpec.Builder method = signatures
        .method(kernel)
        .addJavadoc(PlainBackward.TRANSPOSE)
        .addStatement("$T from = w[0], to = transposed[0]", scalar.array())
        .addStatement("int stride = (width + 15) / 16 * 16, toStride = (height + 15) / 16 * 16")
        .beginControlFlow("for (int o = 0; o < width; o += $L)", SimdTiling.STRIP)
        .beginControlFlow(
            "for (int i = 0, at = o * toStride, j = o; i < height; i++, at++, j += stride)")
        .addStatement("to[at] = from[j]");
    for (int column = 1; column < SimdTiling.STRIP; column++) {
      method.addStatement("to[at + $1L * toStride] = from[j + $1L]", column);
    }
    return method.endControlFlow().endControlFlow().build();
  }

  // product(n, dys, 10, 10, w[0], ZEROS, dxs, 128);
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
