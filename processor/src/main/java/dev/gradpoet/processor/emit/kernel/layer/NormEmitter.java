package dev.gradpoet.processor.emit.kernel.layer;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.kernel.Primitives;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.graph.formula.RowMethod;
import dev.gradpoet.processor.plan.NormKernels;
import java.util.List;
import java.util.stream.Stream;

/** Prints the kernels of layer norms, which call a row program, and of normalizations, which are loops. */
record NormEmitter(
    ForwardMethods forward,
    Signatures signatures,
    Primitives primitives,
    BackwardMethods backward) {

  // rstd[0] = layerNorm(x, w, b, xhat, y, 1.0E-5f, 32);
  Stream<MethodSpec> layerNorm(NormKernels.LayerNorm kernel) {
    RowMethod program = kernel.program();
    List<CodeBlock> passed = Stream.concat(
            program.rows().stream().map(row -> CodeBlock.of("$L", row.name())),
            Stream.of(signatures.scalar().literal(kernel.eps())))
        .toList();
    return forward.rowByRow(
        kernel,
        "LayerNorm",
        signatures
            .rowMethod(kernel)
            .addStatement(
                "rstd[0] = $L",
                primitives.programs().call(program, kernel.output().width(), passed)));
  }

  // for (int r = 0; r < n; r++) {
  //   layerNormGradient(dys[r], xhats[r], w, partial, dxs[r], rstds[r][0], 32);
  //   reluGradient(kept[r], dxs[r], 32);
  // }
  MethodSpec layerNormGradient(NormKernels.LayerNormGradient kernel) {
    Stream<String> passed = kernel.weight().isPresent()
        ? Stream.of("dys[r]", "xhats[r]", "w", "partial", "dxs[r]", "rstds[r][0]")
        : Stream.of("dys[r]", "xhats[r]", "dxs[r]", "rstds[r][0]");
    MethodSpec.Builder method = backward
        .begin(kernel, "normalize'(dY)", "which " + kernel.layer() + " normalizes")
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement(primitives
            .programs()
            .call(
                kernel.program(),
                kernel.target().width(),
                passed.map(CodeBlock::of).toList()));
    return backward.derivedRowByRow(method, kernel);
  }

  // for (int o = 0; o < 32; o++) {
  //   y[o] = (x[o] - mean[o]) / std[o];
  // }
  //
  // for (int c = 0; c < 3; c++) {       of channels of 49 values
  //   for (int o = c * 49; o < c * 49 + 49; o++) {
  //     y[o] = (x[o] - mean[c]) / std[c];
  //   }
  // }
  Stream<MethodSpec> normalization(NormKernels.Normalization kernel) {
    MethodSpec.Builder row = signatures.rowMethod(kernel);
    loop(
        row,
        kernel.mean().size(),
        kernel.output().width(),
        "o",
        "y[o] = (x[o] - mean[%1$s]) / std[%1$s]");
    return forward.rowByRow(kernel, "Normalization", row);
  }

  // for (int r = 0; r < n; r++) {
  //   float[] dy = dys[r], dx = dxs[r];
  //   for (int i = 0; i < 32; i++) {
  //     dx[i] = dy[i] / std[i];
  //   }
  //   (derivative)
  // }
  MethodSpec normalizationGradient(NormKernels.NormalizationGradient kernel) {
    MethodSpec.Builder method = backward
        .begin(kernel, "dY / std", "which " + kernel.layer() + " normalizes")
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("$T dy = dys[r], dx = dxs[r]", signatures.scalar().array());
    loop(
        method,
        kernel.std().size(),
        kernel.target().width(),
        "i",
        "dx[i] " + (kernel.first() ? "=" : "+=") + " dy[i] / std[%s]");
    return backward.derivedRowByRow(method, kernel);
  }

  /** A statement for each value, whose index is {@code i}, with the index of its mean. */
  private static void loop(
      MethodSpec.Builder method, int features, int width, String i, String statement) {
    if (features == width) {
      method
          .beginControlFlow("for (int $1L = 0; $1L < $2L; $1L++)", i, width)
          .addStatement(statement.formatted(i))
          .endControlFlow();
      return;
    }
    int length = width / features;
    method
        .beginControlFlow("for (int c = 0; c < $L; c++)", features)
        .beginControlFlow("for (int $1L = c * $2L; $1L < c * $2L + $2L; $1L++)", i, length)
        .addStatement(statement.formatted("c"))
        .endControlFlow()
        .endControlFlow();
  }
}
