package dev.gradpoet.processor.emit.kernel.layer;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.Primitives;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.graph.formula.RowMethod;
import dev.gradpoet.processor.plan.ElementKernels;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Prints the kernels of a PReLU: with one slope, with a slope for each value of a row, or with a slope for each channel, a row of a sample. */
final class PReluEmitter {

  private final ForwardMethods forward;
  private final Signatures signatures;
  private final Scalar scalar;
  private final Primitives primitives;
  private final BackwardMethods backward;

  PReluEmitter(
      ForwardMethods forward,
      Signatures signatures,
      Primitives primitives,
      BackwardMethods backward) {
    this.forward = forward;
    this.signatures = signatures;
    this.scalar = signatures.scalar();
    this.primitives = primitives;
    this.backward = backward;
  }

  // prelu(x, y, w[0], 32);
  //
  // preluPerChannel(x, w, y, 32);
  //
  // for (int r = 0; r < n; r++) {       of rows that are channels
  //   prelu(xs[r], ys[r], w[r % 3], 49);
  //   (activation)
  // }
  Stream<MethodSpec> forward(ElementKernels.PRelu kernel) {
    int width = kernel.output().width();
    int rows = kernel.input().positions();
    if (rows == 1) {
      CodeBlock call = kernel.perValue()
          ? call(kernel.program(), width, "x", "w", "y")
          : call(kernel.program(), width, "x", "y", "w[0]");
      return forward.rowByRow(kernel, "PRelu", signatures.rowMethod(kernel).addStatement(call));
    }
    MethodSpec.Builder method = forward
        .begin(kernel, forward.value(kernel), ".")
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement(call(kernel.program(), width, "xs[r]", "ys[r]", ofRow(rows)));
    return Stream.of(forward.activatedRowByRow(method, kernel));
  }

  // for (int r = 0; r < n; r++) {
  //   preluGradient(dys[r], xs[r], dxs[r], w[0], 32);
  //   reluGradient(kept[r], dxs[r], 32);
  // }
  MethodSpec inputGradient(ElementKernels.PReluGradient kernel) {
    int width = kernel.target().width();
    CodeBlock call = kernel.perValue()
        ? call(kernel.program(), width, "dys[r]", "xs[r]", "w", "dxs[r]")
        : call(
            kernel.program(),
            width,
            "dys[r]",
            "xs[r]",
            "dxs[r]",
            ofRow(kernel.input().positions()));
    MethodSpec.Builder method = backward
        .begin(kernel, "prelu'(dY)", "which " + kernel.layer() + " reads")
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement(call);
    return backward.derivedRowByRow(method, kernel);
  }

  /** The slope of row r. */
  private static String ofRow(int channels) {
    return channels == 1 ? "w[0]" : "w[r % " + channels + "]";
  }

  // if (part.index() > 0) {
  //   return;
  // }
  // Arrays.fill(partial, 0, 32, 0f);
  // for (int r = 0; r < n; r++) {
  //   slopeGradients(dys[r], xs[r], partial, 32);
  // }
  // d[0] = Math.fma(factor, FloatChains.sum(partial, 32), d[0]);
  //
  // (or, of a slope for each value)
  // for (int o = 0; o < 32; o++) {
  //   d[o] = Math.fma(factor, partial[o], d[o]);
  // }
  //
  // (or, of a slope for each of 3 channels, all of it in a loop)
  // for (int c = part.from(3); c < part.to(3); c++) {
  //   (fill)
  //   for (int r = c; r < n; r += 3) { ... }
  //   d[c] = Math.fma(factor, FloatChains.sum(partial, 32), d[c]);
  // }
  MethodSpec slopeGradient(ElementKernels.SlopeGradient kernel) {
    int width = kernel.gradient().width();
    int channels = kernel.input().positions();
    MethodSpec.Builder method = signatures.method(
        kernel,
        "{@code d = d + factor sum x dy} where x is not above 0, for the slope%s of %s: over the samples in order from zero%s.\n"
            .formatted(
                kernel.weight().count() > 1 ? "s" : "",
                kernel.layer(),
                kernel.perValue() ? "" : ", then over the values, in 16 chains added by a tree"));
    if (channels > 1) {
      method.beginControlFlow("for (int c = part.from($1L); c < part.to($1L); c++)", channels);
    } else {
      method.beginControlFlow("if (part.index() > 0)").addStatement("return").endControlFlow();
    }
    method
        .addStatement("$T.fill(partial, 0, $L, $L)", Arrays.class, width, scalar.literal(0))
        .beginControlFlow(
            channels > 1
                ? "for (int r = c; r < n; r += " + channels + ")"
                : "for (int r = 0; r < n; r++)")
        .addStatement(call(kernel.program(), width, "dys[r]", "xs[r]", "partial"))
        .endControlFlow();
    if (kernel.perValue()) {
      return method
          .beginControlFlow("for (int o = 0; o < $L; o++)", width)
          .addStatement("d[o] = $T.fma(factor, partial[o], d[o])", Math.class)
          .endControlFlow()
          .build();
    }
    method.addStatement(
        "d[$1L] = $2T.fma(factor, $3T.sum(partial, $4L), d[$1L])",
        channels > 1 ? "c" : "0",
        Math.class,
        scalar.chains(),
        width);
    return channels > 1 ? method.endControlFlow().build() : method.build();
  }

  private CodeBlock call(RowMethod program, int width, String... passed) {
    List<CodeBlock> arguments = Stream.of(passed).map(CodeBlock::of).toList();
    return primitives.programs().call(program, width, arguments);
  }
}
