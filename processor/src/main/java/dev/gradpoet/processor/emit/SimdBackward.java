package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.plan.Kernel;
import dev.gradpoet.processor.plan.LinearParameters;
import dev.gradpoet.processor.plan.LinearParameters.Layout;
import dev.gradpoet.processor.plan.SumOrder;

/** Prints the vector kernels of the way back: products in tiles, what only moves values as in plain Java. */
final class SimdBackward implements Kernel.Cases<MethodSpec> {

  private final Signatures signatures;
  private final Scalar scalar;
  private final SimdProducts products;
  private final SimdProducts productsOnto;
  private final SimdGradients gradients;
  private final SimdHelpers helpers;
  private final PlainBackward moves;

  SimdBackward(
      Signatures signatures,
      SimdProducts products,
      SimdProducts productsOnto,
      SimdGradients gradients,
      SimdHelpers helpers,
      PlainBackward moves) {
    this.signatures = signatures;
    this.scalar = signatures.scalar();
    this.products = products;
    this.productsOnto = productsOnto;
    this.gradients = gradients;
    this.helpers = helpers;
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

  // gradient(784, n, xs, dys, factor, d[0], 128);
  @Override
  public MethodSpec weightGradient(Kernel.WeightGradient kernel) {
    LinearParameters parameters = kernel.parameters();
    boolean byInput = parameters.layout() == Layout.BY_INPUT;
    int width = byInput ? parameters.out() : parameters.in();
    return signatures
        .method(kernel)
        .addJavadoc(PlainBackward.weightGradientInWords(kernel))
        .addStatement(
            "$L($L, n, $L, $L, factor, d[0], $L)",
            gradients.gradient(width),
            byInput ? parameters.in() : parameters.out(),
            byInput ? "xs" : "dys",
            byInput ? "dys" : "xs",
            PlainHelpers.padded(width))
        .build();
  }

  // sumRows(n, dys, factor, d);
  @Override
  public MethodSpec biasGradient(Kernel.BiasGradient kernel) {
    return signatures
        .method(kernel)
        .addJavadoc(PlainBackward.biasGradientInWords(kernel))
        .addStatement("$L(n, dys, factor, d)", helpers.sumRows())
        .build();
  }

  // transpose(w[0], 32, 10, transposed[0]);
  @Override
  public MethodSpec transpose(Kernel.Transpose kernel) {
    LinearParameters parameters = kernel.parameters();
    boolean byInput = parameters.layout() == Layout.BY_INPUT;
    return signatures
        .method(kernel)
        .addJavadoc(
            "A copy of the weight of $L for the gradient of its input; made anew on each way back, so never stale.\n",
            kernel.layer())
        .addStatement(
            "$L(w[0], $L, $L, transposed[0])",
            helpers.transpose(),
            byInput ? parameters.in() : parameters.out(),
            byInput ? parameters.out() : parameters.in())
        .build();
  }

  // product(n, dys, 10, 10, w[0], ZEROS, dxs, 128);
  // for (int r = 0; r < n; r++) {
  //   float[] dx = dxs[r];
  //   float[] y = kept[r];
  //   reluGradient(y, dx, 128);
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
          .addCode(SimdForward.lanes(helpers, order, "dx", "dy", first, "i"));
    } else {
      method.addStatement(
          kernel.first()
              ? SimdForward.product(products, order, "dys", "ZEROS, dxs")
              : SimdForward.product(productsOnto, order, "dys", "dxs"));
      if (kernel.derivative().isEmpty()) {
        return method.build();
      }
      method
          .beginControlFlow("for (int r = 0; r < n; r++)")
          .addStatement("$T dx = dxs[r]", scalar.array());
    }
    kernel
        .derivative()
        .ifPresent(next -> method.addCode(moves.derivative(next, kernel.target().width(), "kept")));
    return method.endControlFlow().build();
  }
}
