package dev.gradpoet.processor.emit.kernel.layer;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.code.MapConstants;
import dev.gradpoet.processor.emit.code.RuntimeTypes;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.plan.NormKernels;
import dev.gradpoet.processor.shape.LaidOut;
import java.util.Optional;

/**
 * Prints the kernels of batch norms: in training from the statistics of the batch, in inference from the running ones. Of maps,
 * the numbers of each channel are first spread to rows as long as a sample, in its layout, so that the loops are those of vectors.
 */
final class BatchNormEmitter {

  private static final ClassName STATISTICS = RuntimeTypes.training("BatchStatistics");
  private static final ClassName MAP_STATISTICS = RuntimeTypes.maps("MapStatistics");

  private final ForwardMethods forward;
  private final Signatures signatures;
  private final BackwardMethods backward;
  private final Scalar scalar;
  private final MapConstants maps;
  private final ClassName sums;
  private final ClassName sumsOfMaps;

  BatchNormEmitter(
      ForwardMethods forward, Signatures signatures, MapConstants maps, BackwardMethods backward) {
    this.forward = forward;
    this.signatures = signatures;
    this.backward = backward;
    this.scalar = signatures.scalar();
    String type = scalar.prefix();
    this.maps = maps;
    this.sums = RuntimeTypes.training(type + "BatchStatistics");
    this.sumsOfMaps = RuntimeTypes.maps(type + "MapStatistics");
  }

  // FloatBatchStatistics.take(part, allXs, total, 32, 1.0E-5f, statistics, 0.1, runningMean,
  //     runningVar, frozen);
  // float[] mean = statistics[BatchStatistics.MEAN], scale = statistics[BatchStatistics.SCALE];
  // for (int r = 0; r < n; r++) {
  //   float[] x = xs[r], xhat = xhats[r], y = ys[r];
  //   for (int o = 0; o < 32; o++) {
  //     xhat[o] = (x[o] - mean[o]) * scale[o];
  //     y[o] = Math.fma(xhat[o], w[o], b[o]);
  //   }
  // }
  //
  // (of maps)
  // float[] ws = FloatMapStatistics.spread(w, MAP1, statistics[MapStatistics.WEIGHT], part);
  // float[] bs = ...;
  // FloatMapStatistics.take(part, allXs, total, MAP1, 1.0E-5f, statistics, 0.1, runningMean,
  //     runningVar, frozen);
  // float[] mean = ..., scale = ...;
  MethodSpec training(NormKernels.BatchNorm kernel) {
    boolean affine = kernel.weight().isPresent();
    MethodSpec.Builder method =
        forward.beginOf(kernel, forward.value(kernel), "BatchNorm", ", in training");
    if (affine) {
      spread(method, kernel.map(), "ws", "w", "WEIGHT", ", part");
      spread(method, kernel.map(), "bs", "b", "BIAS", ", part");
    }
    method.addStatement(
        "$T.take(part, allXs, total, $L, $L, statistics, $L, runningMean, runningVar, frozen)",
        kernel.map().isPresent() ? sumsOfMaps : sums,
        rows(kernel.map(), kernel.output().width()),
        scalar.literal(kernel.eps()),
        Scalar.DOUBLE.literal(kernel.momentum()));
    rowsOfBoth(method, kernel.map());
    String s = kernel.map().isPresent() ? "s" : "";
    method
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("$T x = xs[r], xhat = xhats[r], y = ys[r]", scalar.array())
        .beginControlFlow("for (int o = 0; o < $L; o++)", kernel.output().width())
        .addStatement("xhat[o] = (x[o] - mean[o]) * scale[o]")
        .addStatement(
            affine
                ? CodeBlock.of("y[o] = $T.fma(xhat[o], w$L[o], b$L[o])", Math.class, s, s)
                : CodeBlock.of("y[o] = xhat[o]"))
        .endControlFlow()
        .endControlFlow();
    return forward.activated(method, kernel);
  }

  /** What a function of the runtime is told of the rows: their width, or the map that they hold. */
  private String rows(Optional<LaidOut> map, int width) {
    return map.map(maps::of).orElse(String.valueOf(width));
  }

  private static ClassName statistics(Optional<LaidOut> map) {
    return map.isPresent() ? MAP_STATISTICS : STATISTICS;
  }

  // float[] mean = statistics[BatchStatistics.MEAN], scale = statistics[BatchStatistics.SCALE];
  private void rowsOfBoth(MethodSpec.Builder method, Optional<LaidOut> map) {
    method.addStatement(
        "$1T mean = statistics[$2T.MEAN], scale = statistics[$2T.SCALE]",
        scalar.array(),
        statistics(map));
  }

  // float[] ws = FloatMapStatistics.spread(w, MAP1, statistics[MapStatistics.WEIGHT]);
  private void spread(
      MethodSpec.Builder method,
      Optional<LaidOut> map,
      String row,
      String values,
      String constant,
      String part) {
    map.ifPresent(of -> method.addStatement(
        "$T $L = $T.spread($L, $L, statistics[$T.$L]$L)",
        scalar.array(),
        row,
        sumsOfMaps,
        values,
        maps.of(of),
        MAP_STATISTICS,
        constant,
        part));
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
  //
  // (of maps)
  // float[] means = FloatMapStatistics.spread(mean, MAP1, statistics[MapStatistics.MEAN]);
  // float[] scales = FloatMapStatistics.spreadScale(w, variance, 1.0E-5f, MAP1,
  //     statistics[MapStatistics.SCALE]);
  // float[] bs = FloatMapStatistics.spread(b, MAP1, statistics[MapStatistics.BIAS]);
  // (the loop over these)
  MethodSpec inference(NormKernels.RunningNorm kernel) {
    MethodSpec.Builder method =
        forward.beginOf(kernel, forward.value(kernel), "BatchNorm", ", in inference");
    int width = kernel.output().width();
    boolean ofMaps = kernel.map().isPresent();
    if (ofMaps) {
      spread(method, kernel.map(), "means", "mean", "MEAN", "");
      method.addStatement(
          "$T scales = $T.spreadScale($L, variance, $L, $L, statistics[$T.SCALE])",
          scalar.array(),
          sumsOfMaps,
          kernel.weight().isPresent() ? "w" : "null",
          scalar.literal(kernel.eps()),
          maps.of(kernel.map().get()),
          MAP_STATISTICS);
      kernel.bias().ifPresent(bias -> spread(method, kernel.map(), "bs", "b", "BIAS", ""));
    } else {
      method
          .beginControlFlow("for (int o = 0; o < $L; o++)", width)
          .addStatement("partial[o] = $L", factor(kernel))
          .endControlFlow();
    }
    method
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("$T x = xs[r], y = ys[r]", scalar.array());
    values(method, kernel, CodeBlock.of(ofMaps ? "scales[o]" : "partial[o]"), ofMaps ? "s" : "");
    return forward.activated(method.endControlFlow(), kernel);
  }

  // for (int o = 0; o < 32; o++) {
  //   y[o] = Math.fma(x[o] - mean[o], w[o] / (float) Math.sqrt(variance[o] + 1.0E-5f), b[o]);
  // }
  /** The same numbers for one row of a vector. */
  MethodSpec inferenceOfRow(NormKernels.RunningNorm kernel) {
    MethodSpec.Builder row = signatures.rowMethod(kernel);
    values(row, kernel, factor(kernel), "");
    return forward.activatedRow(row, kernel);
  }

  private void values(
      MethodSpec.Builder method, NormKernels.RunningNorm kernel, CodeBlock factor, String s) {
    method
        .beginControlFlow("for (int o = 0; o < $L; o++)", kernel.output().width())
        .addStatement(
            kernel.weight().isPresent()
                ? CodeBlock.of(
                    "y[o] = $T.fma(x[o] - mean$L[o], $L, b$L[o])", Math.class, s, factor, s)
                : CodeBlock.of("y[o] = (x[o] - mean$L[o]) * ($L)", s, factor))
        .endControlFlow();
  }

  private CodeBlock factor(NormKernels.RunningNorm kernel) {
    return CodeBlock.of(
        scalar == Scalar.FLOAT
            ? "$L / (float) $T.sqrt(variance[o] + $L)"
            : "$L / $T.sqrt(variance[o] + $L)",
        kernel.weight().isPresent() ? "w[o]" : scalar.literal(1),
        Math.class,
        scalar.literal(kernel.eps()));
  }

  // FloatBatchStatistics.takeGradients(part, allDys, allXhats, total, 32, statistics, frozen);
  // float[] mean = statistics[BatchStatistics.MEAN], scale = statistics[BatchStatistics.SCALE],
  //     slope = statistics[BatchStatistics.SLOPE];
  // for (int r = 0; r < n; r++) {
  //   float[] dy = dys[r], xhat = xhats[r], dx = dxs[r];
  //   for (int i = 0; i < 32; i++) {
  //     dx[i] = (dy[i] - mean[i] - xhat[i] * slope[i]) * scale[i] * w[i];
  //   }
  //   (derivative)
  // }
  MethodSpec gradient(NormKernels.BatchNormGradient kernel) {
    MethodSpec.Builder method = backward.begin(
        kernel, "normalize'(dY)", "which " + kernel.layer() + " normalizes over the batch");
    int width = kernel.target().width();
    boolean ofMaps = kernel.map().isPresent();
    Optional<String> weight = kernel.weight().map(each -> ofMaps ? " * ws[i]" : " * w[i]");
    kernel.weight().ifPresent(each -> spread(method, kernel.map(), "ws", "w", "WEIGHT", ", part"));
    method
        .addStatement(
            "$T.takeGradients(part, allDys, allXhats, total, $L, statistics, frozen)",
            ofMaps ? sumsOfMaps : sums,
            rows(kernel.map(), width))
        .addStatement(
            "$1T mean = statistics[$2T.MEAN], scale = statistics[$2T.SCALE],$Wslope = statistics[$2T.SLOPE]",
            scalar.array(),
            statistics(kernel.map()));
    method
        .beginControlFlow("for (int r = 0; r < n; r++)")
        .addStatement("$T dy = dys[r], xhat = xhats[r], dx = dxs[r]", scalar.array())
        .beginControlFlow("for (int i = 0; i < $L; i++)", width)
        .addStatement(
            "dx[i] $L (dy[i] - mean[i] - xhat[i] * slope[i]) * scale[i]$L",
            kernel.first() ? "=" : "+=",
            weight.orElse(""))
        .endControlFlow();
    return backward.derivedRowByRow(method, kernel);
  }

  // FloatMapStatistics.scaleGradient(part, dys, xhats, n, MAP1, statistics, factor, d, db);
  MethodSpec scaleGradient(NormKernels.MapScaleGradient kernel) {
    return signatures
        .method(
            kernel,
            "{@code d = d + factor sum dY xhat} and {@code db = db + factor sum dY} of %s, for each channel over the samples in order, then over the positions.\n"
                .formatted(kernel.layer()))
        .addStatement(
            "$T.scaleGradient(part, dys, xhats, n, $L, statistics, factor, d, db)",
            sumsOfMaps,
            maps.of(kernel.map()))
        .build();
  }
}
