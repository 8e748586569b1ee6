package dev.gradpoet.processor.emit.kernel.layer;

import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.kernel.Primitives;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.plan.ElementKernels;
import dev.gradpoet.processor.plan.Plan;

/** Prints the kernels of dropouts and of activations that are a layer of their own. */
record ElementEmitter(
    Plan plan,
    ForwardMethods forward,
    Signatures signatures,
    Primitives primitives,
    BackwardMethods backward) {

  // relu(n, xs, ys, 32);
  //
  // for (int r = 0; r < n; r++) {
  //   System.arraycopy(xs[r], 0, ys[r], 0, 32);
  // }
  /** A dropout is an activation in inference only. */
  MethodSpec activation(ElementKernels.Activation kernel) {
    String source = forward.source(kernel);
    MethodSpec.Builder method = plan.training().contains(kernel)
        ? forward.beginOf(kernel, source, "Activate", "")
        : forward.begin(kernel, source, ", in inference.");
    kernel
        .epilogue()
        .ifPresentOrElse(
            next -> primitives.functions().activationOfRows(method, next, "xs", "ys"),
            () -> method
                .beginControlFlow("for (int r = 0; r < n; r++)")
                .addStatement(
                    "$T.arraycopy(xs[r], 0, ys[r], 0, $L)",
                    System.class,
                    kernel.output().width())
                .endControlFlow());
    return method.build();
  }

  // for (int r = 0; r < n; r++) {
  //   sigmoidGradient(ys[r], dxs[r], 10);
  // }
  MethodSpec activationGradient(ElementKernels.ActivationGradient kernel) {
    String function = kernel.applied().function().name();
    MethodSpec.Builder method = signatures.method(
        kernel, "{@code dX = %s'(dY)} of %s, in place.\n".formatted(function, kernel.layer()));
    primitives.functions().derivativeOfRows(method, kernel.applied(), "ys", "dxs");
    return method.build();
  }

  // for (int r = 0; r < n; r++) {
  //   float[] x = xs[r], mask = masks[r], y = ys[r];
  //   for (int o = 0; o < 32; o++) {
  //     y[o] = x[o] * mask[o];
  //   }
  // }
  // relu(n, ys, ys, 32);
  MethodSpec dropout(ElementKernels.Dropout kernel) {
    MethodSpec.Builder method = forward
        .beginOf(kernel, forward.source(kernel) + " * mask", "Dropout", ", in training")
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement(
            "$T x = xs[r], mask = masks[r], y = ys[r]", signatures.scalar().array())
        .beginControlFlow("for (int o = 0; o < $L; o++)", kernel.output().width())
        .addStatement("y[o] = x[o] * mask[o]")
        .endControlFlow()
        .endControlFlow();
    return forward.activated(method, kernel);
  }

  // for (int r = 0; r < n; r++) {
  //   float[] dy = dys[r], mask = masks[r], dx = dxs[r];
  //   for (int i = 0; i < 32; i++) {
  //     dx[i] = dy[i] * mask[i];
  //   }
  //   (derivative)
  // }
  MethodSpec dropoutGradient(ElementKernels.DropoutGradient kernel) {
    MethodSpec.Builder method = backward
        .begin(kernel, "dY * mask", "which " + kernel.layer() + " drops values of")
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement(
            "$T dy = dys[r], mask = masks[r], dx = dxs[r]", signatures.scalar().array())
        .beginControlFlow("for (int i = 0; i < $L; i++)", kernel.target().width())
        .addStatement("dx[i] $L dy[i] * mask[i]", kernel.first() ? "=" : "+=")
        .endControlFlow();
    return backward.derivedRowByRow(method, kernel);
  }
}
