package dev.gradpoet.processor.emit.kernel.layer;

import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.plan.CopyKernels;
import java.util.stream.Stream;

/** Prints the kernels of embeddings, and of copies of samples that are one row to several rows per sample, and back. */
record CopyEmitter(ForwardMethods forward, Signatures signatures) {

  // FloatTables.lookUp(x, 2, w, 8, y);
  Stream<MethodSpec> embedding(CopyKernels.Embedding kernel) {
    return forward.rowByRow(
        kernel,
        "Embedding",
        signatures
            .rowMethod(kernel)
            .addStatement(
                "$T.lookUp(x, $L, w, $L, y)",
                signatures.scalar().tables(),
                kernel.indices().width(),
                kernel.dim()));
  }

  // FloatTables.gradient(part, dys, n, 2, xs, 8, sums, factor, d);
  MethodSpec tableGradient(CopyKernels.TableGradient kernel) {
    return signatures
        .method(
            kernel,
            ("{@code D[xs] = D[xs] + factor dY} for the weight of %s, the samples and their indices in order. With factor 1, D is the gradient,"
                    + "\n{@code sums}; with -lr, D is the weight itself, for a step of plain SGD, whose gradient is summed in {@code sums} first.\n")
                .formatted(kernel.layer()))
        .addStatement(
            "$T.gradient(part, dys, n, $L, xs, $L, sums, factor, d)",
            signatures.scalar().tables(),
            kernel.indices().width(),
            kernel.dim())
        .build();
  }

  // for (int r = 0; r < n; r++) {
  //   System.arraycopy(xs[r / 3], r % 3 * 5, ys[r], 0, 5);
  //   (activation)
  // }
  MethodSpec reshape(CopyKernels.Reshape kernel) {
    int positions = kernel.positions();
    boolean split = kernel.input().positions() == 1;
    MethodSpec.Builder method = signatures
        .method(
            kernel,
            split
                ? "The values of each sample of %s as %s rows of %s.\n"
                    .formatted(forward.source(kernel), positions, kernel.width())
                : "The %s rows of each sample of %s as one.\n".formatted(positions, kernel.layer()))
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement(
            split
                ? "$1T.arraycopy(xs[r / $2L], r % $2L * $3L, ys[r], 0, $3L)"
                : "$1T.arraycopy(xs[r], 0, ys[r / $2L], r % $2L * $3L, $3L)",
            System.class,
            positions,
            kernel.width());
    return forward.activatedRowByRow(method, kernel);
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
  MethodSpec reshapeGradient(CopyKernels.ReshapeGradient kernel) {
    int positions = kernel.positions();
    int width = kernel.width();
    boolean joins = kernel.gradient().positions() > 1;
    MethodSpec.Builder method = signatures
        .method(
            kernel,
            "%s: the gradient of %s, %s per sample.\n"
                .formatted(
                    BackwardMethods.formula(kernel, "dY"),
                    kernel.target().layer(),
                    joins ? "one row" : positions + " rows"))
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
