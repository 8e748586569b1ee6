package dev.gradpoet.processor.emit.kernel.norm;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.plan.BackwardKernel;
import dev.gradpoet.processor.plan.ForwardKernel;
import java.util.Optional;

/** Prints what a batch norm computes but for activations: in training from the statistics of the batch, in inference from the running ones. */
public final class BatchNormKernels {

  private static final ClassName STATISTICS = RuntimeTypes.training("BatchStatistics");

  private final Scalar scalar;
  private final ClassName sums;

  public BatchNormKernels(Scalar scalar) {
    this.scalar = scalar;
    this.sums = RuntimeTypes.training(
        scalar == Scalar.FLOAT ? "FloatBatchStatistics" : "DoubleBatchStatistics");
  }

  // FloatBatchStatistics.take(xs, n, 32, 1.0E-5f, statistics, 0.1, runningMean, runningVar,
  // frozen);
  // float[] mean = statistics[BatchStatistics.MEAN], scale = statistics[BatchStatistics.SCALE];
  // for (int r = 0; r < n; r++) {
  //   float[] x = xs[r], xhat = xhats[r], y = ys[r];
  //   for (int o = 0; o < 32; o++) {
  //     xhat[o] = (x[o] - mean[o]) * scale[o];
  //     y[o] = Math.fma(xhat[o], w[o], b[o]);
  //   }
  // }
  public void training(MethodSpec.Builder method, ForwardKernel.BatchNorm kernel) {
    int width = kernel.output().width();
    method
        .addStatement(
            "$T.take(xs, n, $L, $L, statistics, $L, runningMean, runningVar, frozen)",
            sums,
            width,
            scalar.literal(kernel.eps()),
            Scalar.DOUBLE.literal(kernel.momentum()))
        .addStatement(
            "$1T mean = statistics[$2T.MEAN], scale = statistics[$2T.SCALE]",
            scalar.array(),
            STATISTICS)
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("$T x = xs[r], xhat = xhats[r], y = ys[r]", scalar.array())
        .beginControlFlow("for (int o = 0; o < $L; o++)", width)
        .addStatement("xhat[o] = (x[o] - mean[o]) * scale[o]")
        .addStatement(
            kernel.weight().isPresent()
                ? CodeBlock.of("y[o] = $T.fma(xhat[o], w[o], b[o])", Math.class)
                : CodeBlock.of("y[o] = xhat[o]"))
        .endControlFlow()
        .endControlFlow();
  }

  // for (int o = 0; o < 32; o++) {
  //   partial[o] = w[o] / (float) Math.sqrt(variance[o] + 1.0E-5f);
  // }
  // for (int r = 0; r < n; r++) {
  //   float[] x = xs[r], y = ys[r];
  //   for (int o = 0; o < 32; o++) {
  //     y[o] = Math.fma(x[o] - mean[o], partial[o], b[o]);
  //   }
  // }
  public void inference(MethodSpec.Builder method, ForwardKernel.RunningNorm kernel) {
    int width = kernel.output().width();
    method
        .beginControlFlow("for (int o = 0; o < $L; o++)", width)
        .addStatement("partial[o] = $L", factor(kernel))
        .endControlFlow()
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("$T x = xs[r], y = ys[r]", scalar.array());
    values(method, kernel, CodeBlock.of("partial[o]"));
    method.endControlFlow();
  }

  // for (int o = 0; o < 32; o++) {
  //   y[o] = Math.fma(x[o] - mean[o], w[o] / (float) Math.sqrt(variance[o] + 1.0E-5f), b[o]);
  // }
  /** The same numbers for one row. */
  public void inferenceOfRow(MethodSpec.Builder method, ForwardKernel.RunningNorm kernel) {
    values(method, kernel, factor(kernel));
  }

  private void values(
      MethodSpec.Builder method, ForwardKernel.RunningNorm kernel, CodeBlock factor) {
    method
        .beginControlFlow("for (int o = 0; o < $L; o++)", kernel.output().width())
        .addStatement(
            kernel.weight().isPresent()
                ? CodeBlock.of("y[o] = $T.fma(x[o] - mean[o], $L, b[o])", Math.class, factor)
                : CodeBlock.of("y[o] = (x[o] - mean[o]) * ($L)", factor))
        .endControlFlow();
  }

  private CodeBlock factor(ForwardKernel.RunningNorm kernel) {
    return CodeBlock.of(
        scalar == Scalar.FLOAT
            ? "$L / (float) $T.sqrt(variance[o] + $L)"
            : "$L / $T.sqrt(variance[o] + $L)",
        kernel.weight().isPresent() ? "w[o]" : scalar.literal(1),
        Math.class,
        scalar.literal(kernel.eps()));
  }

  // FloatBatchStatistics.takeGradients(dys, xhats, n, 32, statistics, frozen);
  // float[] mean = statistics[BatchStatistics.MEAN], scale = statistics[BatchStatistics.SCALE],
  //     slope = statistics[BatchStatistics.SLOPE];
  // for (int r = 0; r < n; r++) {
  //   float[] dy = dys[r], xhat = xhats[r], dx = dxs[r];
  //   for (int i = 0; i < 32; i++) {
  //     dx[i] = (dy[i] - mean[i] - xhat[i] * slope[i]) * scale[i] * w[i];
  //   }
  /** The loop over the rows stays open. */
  public void gradient(MethodSpec.Builder method, BackwardKernel.BatchNormGradient kernel) {
    int width = kernel.target().width();
    Optional<String> weight = kernel.weight().map(each -> " * w[i]");
    method
        .addStatement("$T.takeGradients(dys, xhats, n, $L, statistics, frozen)", sums, width)
        .addStatement(
            "$1T mean = statistics[$2T.MEAN], scale = statistics[$2T.SCALE],$Wslope = statistics[$2T.SLOPE]",
            scalar.array(),
            STATISTICS)
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("$T dy = dys[r], xhat = xhats[r], dx = dxs[r]", scalar.array())
        .beginControlFlow("for (int i = 0; i < $L; i++)", width)
        .addStatement(
            "dx[i] $L (dy[i] - mean[i] - xhat[i] * slope[i]) * scale[i]$L",
            kernel.first() ? "=" : "+=",
            weight.orElse(""))
        .endControlFlow();
  }
}
