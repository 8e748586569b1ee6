package dev.gradpoet.processor.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.graph.formula.RowMethod;
import dev.gradpoet.processor.plan.ElementKernels;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Prints the kernels of a PReLU: with one slope, with a slope for each value of a row, or with a slope for each channel, a row of a sample. */
final class PReluKernels {

  private final Signatures signatures;
  private final Scalar scalar;
  private final Primitives primitives;

  PReluKernels(Signatures signatures, Primitives primitives) {
    this.signatures = signatures;
    this.scalar = signatures.scalar();
    this.primitives = primitives;
  }

  // prelu(x, y, w[0], 32)
  //
  // preluPerChannel(x, w, y, 32)
  /** The call for a row of a sample that is one row. */
  CodeBlock ofRow(ElementKernels.PRelu kernel, String x, String y) {
    return kernel.perValue()
        ? call(kernel.program(), kernel.output().width(), x, "w", y)
        : call(kernel.program(), kernel.output().width(), x, y, "w[0]");
  }

  // for (int r = 0; r < n; r++) {
  //   prelu(xs[r], ys[r], w[r % 3], 49);
  //   (activation)
  // }
  /** The method of a kernel whose rows are channels. */
  MethodSpec ofChannels(
      ElementKernels.PRelu kernel, MethodSpec.Builder method, Optional<CodeBlock> activation) {
    method
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement(call(
            kernel.program(),
            kernel.output().width(),
            "xs[r]",
            "ys[r]",
            ofRow(kernel.input().positions())));
    activation.ifPresent(method::addStatement);
    return method.endControlFlow().build();
  }

  // preluGradient(dys[r], xs[r], dxs[r], w[0], 32)
  /** The gradient of a row of the input. */
  CodeBlock inputGradient(ElementKernels.PReluGradient kernel) {
    int width = kernel.target().width();
    return kernel.perValue()
        ? call(kernel.program(), width, "dys[r]", "xs[r]", "w", "dxs[r]")
        : call(
            kernel.program(),
            width,
            "dys[r]",
            "xs[r]",
            "dxs[r]",
            ofRow(kernel.input().positions()));
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
