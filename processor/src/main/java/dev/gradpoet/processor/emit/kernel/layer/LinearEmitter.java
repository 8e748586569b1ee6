package dev.gradpoet.processor.emit.kernel.layer;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.kernel.Primitives;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.plan.LinearKernels;
import dev.gradpoet.processor.plan.tiling.SumOrder;

/** Prints the kernels of linear layers: calls of the products that families implement. */
record LinearEmitter(
    ForwardMethods forward,
    Signatures signatures,
    Primitives primitives,
    BackwardMethods backward) {

  MethodSpec forward(LinearKernels.Linear kernel) {
    boolean bias = kernel.bias().isPresent();
    MethodSpec.Builder method = forward.begin(
        kernel,
        forward.value(kernel),
        ", " + kernel.weight().in() + " to " + kernel.weight().out() + ". "
            + describe(kernel.order(), bias ? "the bias" : "zero"));
    return kernel.isInLanes() ? lanes(method, kernel) : blocks(method, kernel);
  }

  // product(n, xs, 64, 32, w, b, partial, ys, 32);
  // relu(n, ys, ys, 32);
  private MethodSpec blocks(MethodSpec.Builder method, LinearKernels.Linear kernel) {
    method.addStatement(
        Primitives.product(kernel.order(), "xs", Primitives.start(kernel.bias()), "ys"));
    return forward.activated(method, kernel);
  }

  // for (int r = 0; r < n; r++) {
  //   dotProducts(xs[r], 784, w, b, partial, ys[r], 3);
  //   sigmoid(ys[r], ys[r], 3);
  // }
  private MethodSpec lanes(MethodSpec.Builder method, LinearKernels.Linear kernel) {
    method
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement(Primitives.dotProducts(
            kernel.order(),
            CodeBlock.of("xs[r]"),
            CodeBlock.of("w"),
            CodeBlock.of(Primitives.start(kernel.bias())),
            CodeBlock.of("partial"),
            CodeBlock.of("ys[r]")));
    return forward.activatedRowByRow(method, kernel);
  }

  // product(n, dys, 10, 10, w, ZEROS, null, dxs, 32);
  // reluGradient(n, kept, dxs, 32);
  //
  // for (int r = 0; r < n; r++) {
  //   dotProducts(dys[r], 784, w, ZEROS, partial, dxs[r], 3);
  //   reluGradient(kept[r], dxs[r], 3);
  // }
  MethodSpec gradient(LinearKernels.LinearGradient kernel) {
    SumOrder order = kernel.order();
    MethodSpec.Builder method = signatures.method(
        kernel,
        "%s for the input of %s. %s\n"
            .formatted(
                BackwardMethods.formula(kernel, "dY W"),
                kernel.layer(),
                describe(order, kernel.first() ? "zero" : "dX")));
    if (kernel.isInLanes()) {
      method
          .beginControlFlow("for (int r = 0; r < n; r++)")
          .addStatement(Primitives.dotProducts(
              order,
              CodeBlock.of("dys[r]"),
              CodeBlock.of("w"),
              CodeBlock.of(kernel.first() ? Primitives.ZEROS : "dxs[r]"),
              CodeBlock.of("partial"),
              CodeBlock.of("dxs[r]")));
      return backward.derivedRowByRow(method, kernel);
    }
    method.addStatement(
        kernel.first()
            ? Primitives.product(order, "dys", Primitives.ZEROS, "dxs")
            : Primitives.accumulatingProduct(order, "dys", "dxs"));
    kernel
        .derivative()
        .ifPresent(next -> primitives.functions().derivativeOfRows(method, next, "kept", "dxs"));
    return method.build();
  }

  /** The description of the order of a kernel's sums. */
  private static String describe(SumOrder order, String start) {
    if (order.kind() == SumOrder.Kind.LANES) {
      return "Each sum is 16 interleaved chains, chain 0 from " + start + ", added by a tree.";
    }
    return order.chains() == 1
        ? "Each sum is one chain from " + start + "."
        : "Each sum is %s chains over blocks of %s from %s, added in order."
            .formatted(order.chains(), order.blockLength(), start);
  }
}
