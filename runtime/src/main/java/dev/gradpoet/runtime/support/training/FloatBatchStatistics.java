package dev.gradpoet.runtime.support.training;

import java.util.Arrays;

/** Computes {@link BatchStatistics} in {@code float}. */
public final class FloatBatchStatistics {

  private FloatBatchStatistics() {}

  /**
   * Computes the statistics of n rows, and moves the running statistics towards them.
   *
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
    if (frozen) {
      for (int i = 0; i < width; i++) {
        mean[i] = runningMean[i];
        scale[i] = 1 / (float) Math.sqrt(runningVar[i] + eps);
      }
      return;
    }
    means(xs, n, width, mean);
    Arrays.fill(scale, 0f);
    for (int r = 0; r < n; r++) {
      float[] x = xs[r];
      for (int i = 0; i < width; i++) {
        float centered = x[i] - mean[i];
        scale[i] = Math.fma(centered, centered, scale[i]);
      }
    }
    for (int i = 0; i < width; i++) {
      double unbiased = (double) scale[i] / (n - 1);
      double nextMean = momentum * mean[i] + (1 - momentum) * runningMean[i];
      double nextVar = momentum * unbiased + (1 - momentum) * runningVar[i];
      runningMean[i] = (float) nextMean;
      runningVar[i] = (float) nextVar;
      scale[i] = 1 / (float) Math.sqrt(scale[i] / n + eps);
    }
  }

  /**
   * Computes what the gradient of a batch norm with respect to its input needs of all n rows.
   *
   * @param dys the gradients of the normalized values, before the multiplication with the weight
   * @param xhats the normalized values
   * @param statistics where the mean and the slope are written
   * @param frozen whether the statistics do not depend on the rows, so that the mean and the slope are 0
   */
  public static void takeGradients(
      float[][] dys, float[][] xhats, int n, int width, float[][] statistics, boolean frozen) {
    float[] slope = statistics[BatchStatistics.SLOPE];
    if (frozen) {
      Arrays.fill(statistics[BatchStatistics.MEAN], 0f);
      Arrays.fill(slope, 0f);
      return;
    }
    means(dys, n, width, statistics[BatchStatistics.MEAN]);
    Arrays.fill(slope, 0f);
    for (int r = 0; r < n; r++) {
      float[] dy = dys[r];
      float[] xhat = xhats[r];
      for (int i = 0; i < width; i++) {
        slope[i] = Math.fma(dy[i], xhat[i], slope[i]);
      }
    }
    for (int i = 0; i < width; i++) {
      slope[i] /= n;
    }
  }

  private static void means(float[][] xs, int n, int width, float[] mean) {
    Arrays.fill(mean, 0f);
    for (int r = 0; r < n; r++) {
      float[] x = xs[r];
      for (int i = 0; i < width; i++) {
        mean[i] += x[i];
      }
    }
    for (int i = 0; i < width; i++) {
      mean[i] /= n;
    }
  }
}
