package dev.gradpoet.processor.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.plan.CopyKernels;
import java.util.Optional;

/** Prints the copies of samples that are one row to several rows per sample, and back. */
final class ReshapeKernels {

  private ReshapeKernels() {}

  // for (int r = 0; r < n; r++) {
  //   System.arraycopy(xs[r / 3], r % 3 * 5, ys[r], 0, 5);
  // }
  static MethodSpec forward(
      CopyKernels.Reshape kernel,
      String source,
      Signatures signatures,
      Optional<CodeBlock> activation) {
    int positions = kernel.positions();
    boolean split = kernel.input().positions() == 1;
    MethodSpec.Builder method = signatures
        .method(
            kernel,
            split
                ? "The values of each sample of %s as %d rows of %d.\n"
                    .formatted(source, positions, kernel.width())
                : "The %d rows of each sample of %s as one.\n".formatted(positions, kernel.layer()))
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement(
            split
                ? "$1T.arraycopy(xs[r / $2L], r % $2L * $3L, ys[r], 0, $3L)"
                : "$1T.arraycopy(xs[r], 0, ys[r / $2L], r % $2L * $3L, $3L)",
            System.class,
            positions,
            kernel.width());
    activation.ifPresent(method::addStatement);
    return method.endControlFlow().build();
  }

  // for (int r = 0; r < n; r++) {
  //   System.arraycopy(dys[r], 0, dxs[r / 3], r % 3 * 5, 5);
  // }
  //
  // for (int r = 0; r < n; r++) {
  //   float[] dy = dys[r], dx = dxs[r / 3];
  //   int at = r % 3 * 5;
  //   for (int i = 0; i < 5; i++) {
  //     dx[at + i] += dy[i];
  //   }
  // }
  static MethodSpec backward(
      CopyKernels.ReshapeGradient kernel, String formula, Signatures signatures) {
    int positions = kernel.positions();
    int width = kernel.width();
    boolean joins = kernel.gradient().positions() > 1;
    MethodSpec.Builder method = signatures
        .method(
            kernel,
            "%s: the gradient of %s, %s per sample.\n"
                .formatted(
                    formula, kernel.target().layer(), joins ? "one row" : positions + " rows"))
        .beginControlFlow("for (int r = 0; r < n; r++)");
    if (kernel.first()) {
      return method
          .addStatement(
              joins
                  ? "$1T.arraycopy(dys[r], 0, dxs[r / $2L], r % $2L * $3L, $3L)"
                  : "$1T.arraycopy(dys[r / $2L], r % $2L * $3L, dxs[r], 0, $3L)",
              System.class,
              positions,
              width)
          .endControlFlow()
          .build();
    }
    return method
        .addStatement(
            joins ? "$1T dy = dys[r], dx = dxs[r / $2L]" : "$1T dy = dys[r / $2L], dx = dxs[r]",
            signatures.scalar().array(),
            positions)
        .addStatement("int at = r % $L * $L", positions, width)
        .beginControlFlow("for (int i = 0; i < $L; i++)", width)
        .addStatement(joins ? "dx[at + i] += dy[i]" : "dx[i] += dy[at + i]")
        .endControlFlow()
        .endControlFlow()
        .build();
  }
}
