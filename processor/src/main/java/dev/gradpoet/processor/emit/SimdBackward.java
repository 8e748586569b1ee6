package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.plan.Kernel;
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
        .method(kernel, PlainBackward.WEIGHT_GRADIENT)
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
        .method(kernel, PlainBackward.BIAS_GRADIENT)
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

  // The stride of a single panel comes from sizes that the caller knows, so that C2 makes constants
  // of it: half the time of a division.
  //
  // int o = 0;
  // for (float[] from : w) {
  //   int stride = w.length == 1 ? (width + 15) / 16 * 16 : from.length / height;
  //   int columns = Math.min(stride, width - o), i = 0;
  //   for (float[] to : transposed) {
  //     int toStride = transposed.length == 1 ? (height + 15) / 16 * 16 : to.length / width;
  //     int rows = Math.min(toStride, height - i);
  //     for (int column = 0; column < columns; column++) {
  //       for (int k = 0, at = (o + column) * toStride, j = i * stride + column; k < rows; ...) {
  //         to[at + k] = from[j];
  //       }
  //     }
  //     i += rows;
  //   }
  //   o += columns;
  // }
  @Override
  public MethodSpec transpose(Kernel.Transpose kernel) {
    return signatures
        .method(kernel, PlainBackward.TRANSPOSE)
        .addStatement("int o = 0")
        .beginControlFlow("for ($T from : w)", scalar.array())
        .addStatement("int stride = w.length == 1 ? (width + 15) / 16 * 16 : from.length / height")
        .addStatement("int columns = $T.min(stride, width - o), i = 0", Math.class)
        .beginControlFlow("for ($T to : transposed)", scalar.array())
        .addStatement(
            "int toStride = transposed.length == 1 ? (height + 15) / 16 * 16 : to.length / width")
        .addStatement("int rows = $T.min(toStride, height - i)", Math.class)
        .beginControlFlow("for (int column = 0; column < columns; column++)")
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

  // product(n, dys, 10, 10, w, ZEROS, dxs, 128);
  // for (int r = 0; r < n; r++) {
  //   reluGradient(kept[r], dxs[r], 128);
  // }
  @Override
  public MethodSpec inputGradient(Kernel.InputGradient kernel) {
    SumOrder order = kernel.order();
    MethodSpec.Builder method =
        signatures.method(kernel, PlainBackward.inputGradientInWords(kernel));
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
