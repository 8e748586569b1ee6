package dev.gradpoet.runtime.support.training;

import java.util.Arrays;

/**
 * The statistics of a batch norm in training: sums over the samples in order, each value of a row by itself. What the norm keeps of a batch are three
 * rows as wide as a sample: the {@link #MEAN}, the {@link #SCALE}, and in the backward pass the {@link #SLOPE}.
 */
public final class BatchStatistics {

  /** The row of means: of the samples, and then of the gradients of the normalized values. */
  public static final int MEAN = 0;

  /** The row of {@code 1 / sqrt(variance + eps)}. */
  public static final int SCALE = 1;

  /** The row of means of {@code dy xhat}, the gradients times the normalized values. */
  public static final int SLOPE = 2;

  private BatchStatistics() {}

  /**
   * Checks that a batch has statistics.
   *
   * @param layer the name of the batch norm
   * @param n the number of rows
   * @throws IllegalArgumentException if it has a single row
   */
  public static void requireRows(String layer, int n) {
    if (n == 1) {
      throw new IllegalArgumentException(
          "the batch has 1 row, expected at least 2: the batch norm \"" + layer
              + "\" normalizes by the variance of the batch in training");
    }
  }

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
   */
  public static void take(
      float[][] xs,
      int n,
      int width,
      float eps,
      float[][] statistics,
      double momentum,
      float[] runningMean,
      float[] runningVar) {
    float[] mean = statistics[MEAN];
    float[] scale = statistics[SCALE];
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
      runningMean[i] = (float) (momentum * mean[i] + (1 - momentum) * runningMean[i]);
      runningVar[i] = (float) (momentum * unbiased + (1 - momentum) * runningVar[i]);
      scale[i] = 1 / (float) Math.sqrt(scale[i] / n + eps);
    }
  }

  /**
   * Computes what the gradient of a batch norm with respect to its input needs of all n rows.
   *
   * @param dys the gradients of the normalized values, but for the weight
   * @param xhats the normalized values
   * @param statistics where the mean and the slope are written
   */
  public static void takeGradients(
      float[][] dys, float[][] xhats, int n, int width, float[][] statistics) {
    float[] slope = statistics[SLOPE];
    means(dys, n, width, statistics[MEAN]);
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

  /** {@link #take(float[][], int, int, float, float[][], double, float[], float[])} in double. */
  public static void take(
      double[][] xs,
      int n,
      int width,
      double eps,
      double[][] statistics,
      double momentum,
      double[] runningMean,
      double[] runningVar) {
    double[] mean = statistics[MEAN];
    double[] scale = statistics[SCALE];
    means(xs, n, width, mean);
    Arrays.fill(scale, 0);
    for (int r = 0; r < n; r++) {
      double[] x = xs[r];
      for (int i = 0; i < width; i++) {
        double centered = x[i] - mean[i];
        scale[i] = Math.fma(centered, centered, scale[i]);
      }
    }
    for (int i = 0; i < width; i++) {
      double unbiased = scale[i] / (n - 1);
      runningMean[i] = momentum * mean[i] + (1 - momentum) * runningMean[i];
      runningVar[i] = momentum * unbiased + (1 - momentum) * runningVar[i];
      scale[i] = 1 / Math.sqrt(scale[i] / n + eps);
    }
  }

  /** {@link #takeGradients(float[][], float[][], int, int, float[][])} in double. */
  public static void takeGradients(
      double[][] dys, double[][] xhats, int n, int width, double[][] statistics) {
    double[] slope = statistics[SLOPE];
    means(dys, n, width, statistics[MEAN]);
    Arrays.fill(slope, 0);
    for (int r = 0; r < n; r++) {
      double[] dy = dys[r];
      double[] xhat = xhats[r];
      for (int i = 0; i < width; i++) {
        slope[i] = Math.fma(dy[i], xhat[i], slope[i]);
      }
    }
    for (int i = 0; i < width; i++) {
      slope[i] /= n;
    }
  }

  private static void means(double[][] xs, int n, int width, double[] mean) {
    Arrays.fill(mean, 0);
    for (int r = 0; r < n; r++) {
      double[] x = xs[r];
      for (int i = 0; i < width; i++) {
        mean[i] += x[i];
      }
    }
    for (int i = 0; i < width; i++) {
      mean[i] /= n;
    }
  }
}
