package dev.gradpoet.runtime.support.maps;

import dev.gradpoet.runtime.support.parallel.Part;
import java.util.Arrays;

/** Computes {@link MapStatistics} in {@code float}. */
public final class FloatMapStatistics {

  /** The parts of a row begin at multiples of it. */
  private static final int STEP = 16;

  private FloatMapStatistics() {}

  /**
   * Computes the statistics of n samples, and moves the running statistics towards them.
   *
   * @param part which places and channels are its own; it waits for the others before and afterwards
   * @param xs the samples
   * @param n the number of samples; there are at least 2 values of each channel
   * @param of the layout of a sample
   * @param eps what is added to the variance
   * @param statistics where the mean and the scale are written
   * @param momentum the share of the running statistics that is replaced
   * @param runningMean the running mean of each channel
   * @param runningVar the running variance, which takes the unbiased variance of the samples
   * @param frozen whether the running statistics are used and kept, rather than those of the samples
   */
  public static void take(
      Part part,
      float[][] xs,
      int n,
      Window.Sample of,
      float eps,
      float[][] statistics,
      double momentum,
      float[] runningMean,
      float[] runningVar,
      boolean frozen) {
    part.sync();
    int begin = part.from(of.channels());
    int end = part.to(of.channels());
    if (frozen) {
      spread(runningMean, of, statistics[MapStatistics.MEAN], part);
      float[] scales = statistics[MapStatistics.SCALE];
      for (int c = begin; c < end; c++) {
        spread(scale(1, runningVar[c], eps), of, c, scales);
      }
      part.sync();
      return;
    }
    float[] mean = statistics[MapStatistics.MEAN];
    float[] scale = statistics[MapStatistics.SCALE];
    double count = (double) n * of.positions();
    means(part, xs, n, of, statistics[MapStatistics.SUMS], mean);
    float[] sums = statistics[MapStatistics.SUMS];
    int from = part.from(of.length(), STEP);
    int to = part.to(of.length(), STEP);
    Arrays.fill(sums, from, to, 0f);
    for (int r = 0; r < n; r++) {
      addSquares(xs[r], mean, sums, from, to);
    }
    part.sync();
    for (int c = begin; c < end; c++) {
      double squares = sum(sums, of, c);
      double center = mean[c * of.channel()];
      double nextMean = momentum * center + (1 - momentum) * runningMean[c];
      double nextVar = momentum * (squares / (count - 1)) + (1 - momentum) * runningVar[c];
      runningMean[c] = (float) nextMean;
      runningVar[c] = (float) nextVar;
      spread((float) (1 / Math.sqrt(squares / count + eps)), of, c, scale);
    }
    part.sync();
  }

  /**
   * Computes what the gradient of a batch norm with respect to its input needs of all n samples.
   *
   * @param part which places and channels are its own; it waits for the others before and afterwards
   * @param dys the gradients of the normalized values, before the multiplication with the weight
   * @param xhats the normalized values
   * @param statistics where the mean and the slope are written
   * @param frozen whether the statistics do not depend on the samples, so that the mean and the slope are 0
   */
  public static void takeGradients(
      Part part,
      float[][] dys,
      float[][] xhats,
      int n,
      Window.Sample of,
      float[][] statistics,
      boolean frozen) {
    float[] sums = statistics[MapStatistics.SUMS];
    float[] mean = statistics[MapStatistics.MEAN];
    float[] slope = statistics[MapStatistics.SLOPE];
    int from = part.from(of.length(), STEP);
    int to = part.to(of.length(), STEP);
    part.sync();
    if (frozen) {
      Arrays.fill(mean, from, to, 0f);
      Arrays.fill(slope, from, to, 0f);
      part.sync();
      return;
    }
    means(part, dys, n, of, sums, mean);
    double count = (double) n * of.positions();
    // the normalized values add up to 0, so that a mean may be taken from dy: less is cancelled
    Arrays.fill(sums, from, to, 0f);
    for (int r = 0; r < n; r++) {
      addCentered(dys[r], mean, xhats[r], sums, from, to);
    }
    part.sync();
    for (int c = part.from(of.channels()); c < part.to(of.channels()); c++) {
      spread((float) (sum(sums, of, c) / count), of, c, slope);
    }
    part.sync();
  }

  /**
   * The gradients of the weight and the bias: {@code d = d + factor sum dy xhat} and {@code db = db + factor sum dy}.
   *
   * @param part which places and channels are its own; it waits for the others before
   * @param statistics with a row for the sums
   */
  public static void scaleGradient(
      Part part,
      float[][] dys,
      float[][] xhats,
      int n,
      Window.Sample of,
      float[][] statistics,
      float factor,
      float[] d,
      float[] db) {
    float[] sums = statistics[MapStatistics.SUMS];
    int begin = part.from(of.channels());
    int end = part.to(of.channels());
    part.sync();
    addProducts(part, dys, xhats, n, of, sums);
    part.sync();
    for (int c = begin; c < end; c++) {
      d[c] = Math.fma(factor, (float) sum(sums, of, c), d[c]);
    }
    part.sync();
    addRows(part, dys, n, of, sums);
    part.sync();
    for (int c = begin; c < end; c++) {
      db[c] = Math.fma(factor, (float) sum(sums, of, c), db[c]);
    }
  }

  /** Writes a number for each channel to all its positions in a row, which is returned. */
  public static float[] spread(float[] values, Window.Sample of, float[] row) {
    return spread(values, of, row, Part.WHOLE);
  }

  /** Writes a number for each of its own channels. */
  public static float[] spread(float[] values, Window.Sample of, float[] row, Part part) {
    for (int c = part.from(of.channels()); c < part.to(of.channels()); c++) {
      spread(values[c], of, c, row);
    }
    return row;
  }

  /**
   * Writes {@code w / sqrt(variance + eps)} of each channel to all its positions in a row, which is returned.
   *
   * @param w null for ones
   */
  public static float[] spreadScale(
      float[] w, float[] variance, float eps, Window.Sample of, float[] row) {
    for (int c = 0; c < of.channels(); c++) {
      spread(scale(w == null ? 1 : w[c], variance[c], eps), of, c, row);
    }
    return row;
  }

  private static float scale(float w, float variance, float eps) {
    return w / (float) Math.sqrt(variance + eps);
  }

  private static void spread(float value, Window.Sample of, int channel, float[] row) {
    int at = channel * of.channel();
    for (int p = 0; p < of.positions(); p++) {
      row[at] = value;
      at += of.pixel();
    }
  }

  /** The means of its own channels, after which all are there. */
  private static void means(
      Part part, float[][] xs, int n, Window.Sample of, float[] sums, float[] mean) {
    double count = (double) n * of.positions();
    addRows(part, xs, n, of, sums);
    part.sync();
    for (int c = part.from(of.channels()); c < part.to(of.channels()); c++) {
      spread((float) (sum(sums, of, c) / count), of, c, mean);
    }
    part.sync();
  }

  /** The sum of a row over the positions of a channel, in order. */
  private static double sum(float[] row, Window.Sample of, int channel) {
    double sum = 0;
    int at = channel * of.channel();
    for (int p = 0; p < of.positions(); p++) {
      sum += row[at];
      at += of.pixel();
    }
    return sum;
  }

  private static void addRows(Part part, float[][] xs, int n, Window.Sample of, float[] sums) {
    int from = part.from(of.length(), STEP);
    int to = part.to(of.length(), STEP);
    Arrays.fill(sums, from, to, 0f);
    for (int r = 0; r < n; r++) {
      float[] x = xs[r];
      for (int i = from; i < to; i++) {
        sums[i] += x[i];
      }
    }
  }

  private static void addProducts(
      Part part, float[][] xs, float[][] ys, int n, Window.Sample of, float[] sums) {
    int from = part.from(of.length(), STEP);
    int to = part.to(of.length(), STEP);
    Arrays.fill(sums, from, to, 0f);
    for (int r = 0; r < n; r++) {
      float[] x = xs[r];
      float[] y = ys[r];
      for (int i = from; i < to; i++) {
        sums[i] = Math.fma(x[i], y[i], sums[i]);
      }
    }
  }

  private static void addCentered(
      float[] dy, float[] mean, float[] xhat, float[] sums, int from, int to) {
    for (int i = from; i < to; i++) {
      sums[i] = Math.fma(dy[i] - mean[i], xhat[i], sums[i]);
    }
  }

  private static void addSquares(float[] x, float[] mean, float[] sums, int from, int to) {
    for (int i = from; i < to; i++) {
      float centered = x[i] - mean[i];
      sums[i] = Math.fma(centered, centered, sums[i]);
    }
  }
}
