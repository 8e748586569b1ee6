package dev.gradpoet.runtime.support.training;

import dev.gradpoet.runtime.support.parallel.Part;
import java.util.Arrays;

/** Computes {@link BatchStatistics} in {@code float}. */
public final class FloatBatchStatistics {

  /** The parts of a row begin at multiples of it. */
  private static final int STEP = 16;

  private FloatBatchStatistics() {}

  /**
   * Computes the statistics of n rows, and moves the running statistics towards them.
   *
   * @param part which of the values are its own; it waits for the others before and afterwards
   * @param xs the rows
   * @param n the number of rows, at least 2
   * @param width the number of values in a row
   * @param eps what is added to the variance
   * @param statistics where the mean and the scale are written
   * @param momentum the share of the running statistics that is replaced
   * @param runningMean the running mean
   * @param runningVar the running variance, which takes the unbiased variance of the rows
   * @param frozen whether the running statistics are used and kept, rather than those of the rows
   */
  public static void take(
      Part part,
      float[][] xs,
      int n,
      int width,
      float eps,
      float[][] statistics,
      double momentum,
      float[] runningMean,
      float[] runningVar,
      boolean frozen) {
    float[] mean = statistics[BatchStatistics.MEAN];
    float[] scale = statistics[BatchStatistics.SCALE];
    part.sync();
    int from = part.from(width, STEP);
    int to = part.to(width, STEP);
    if (frozen) {
      for (int i = from; i < to; i++) {
        mean[i] = runningMean[i];
        scale[i] = 1 / (float) Math.sqrt(runningVar[i] + eps);
      }
      part.sync();
      return;
    }
    means(xs, n, from, to, mean);
    Arrays.fill(scale, from, to, 0f);
    for (int r = 0; r < n; r++) {
      float[] x = xs[r];
      for (int i = from; i < to; i++) {
        float centered = x[i] - mean[i];
        scale[i] = Math.fma(centered, centered, scale[i]);
      }
    }
    for (int i = from; i < to; i++) {
      double unbiased = (double) scale[i] / (n - 1);
      double nextMean = momentum * mean[i] + (1 - momentum) * runningMean[i];
      double nextVar = momentum * unbiased + (1 - momentum) * runningVar[i];
      runningMean[i] = (float) nextMean;
      runningVar[i] = (float) nextVar;
      scale[i] = 1 / (float) Math.sqrt(scale[i] / n + eps);
    }
    part.sync();
  }

  /**
   * Computes what the gradient of a batch norm with respect to its input needs of all n rows.
   *
   * @param part which of the values are its own; it waits for the others before and afterwards
   * @param dys the gradients of the normalized values, before the multiplication with the weight
   * @param xhats the normalized values
   * @param statistics where the mean and the slope are written
   * @param frozen whether the statistics do not depend on the rows, so that the mean and the slope are 0
   */
  public static void takeGradients(
      Part part,
      float[][] dys,
      float[][] xhats,
      int n,
      int width,
      float[][] statistics,
      boolean frozen) {
    part.sync();
    int from = part.from(width, STEP);
    int to = part.to(width, STEP);
    float[] slope = statistics[BatchStatistics.SLOPE];
    if (frozen) {
      Arrays.fill(statistics[BatchStatistics.MEAN], from, to, 0f);
      Arrays.fill(slope, from, to, 0f);
      part.sync();
      return;
    }
    means(dys, n, from, to, statistics[BatchStatistics.MEAN]);
    Arrays.fill(slope, from, to, 0f);
    for (int r = 0; r < n; r++) {
      float[] dy = dys[r];
      float[] xhat = xhats[r];
      for (int i = from; i < to; i++) {
        slope[i] = Math.fma(dy[i], xhat[i], slope[i]);
      }
    }
    for (int i = from; i < to; i++) {
      slope[i] /= n;
    }
    part.sync();
  }

  private static void means(float[][] xs, int n, int from, int to, float[] mean) {
    Arrays.fill(mean, from, to, 0f);
    for (int r = 0; r < n; r++) {
      float[] x = xs[r];
      for (int i = from; i < to; i++) {
        mean[i] += x[i];
      }
    }
    for (int i = from; i < to; i++) {
      mean[i] /= n;
    }
  }
}
