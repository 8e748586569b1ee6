package dev.gradpoet.runtime.support.maps;

import java.util.Arrays;

/**
 * Convolutions in groups, among them depthwise ones, in {@code double}. A group of the outputs reads a group of the channels. The weight has a row for
 * each value of a window of one group, and a column for each output; outputs have the channels last.
 */
public final class DoubleGroups {

  private DoubleGroups() {}

  /**
   * {@code y = x * weight + bias}; each sum is a chain from the bias, in the order (ky, kx, channel).
   *
   * @param partial scratch for the outputs of a position
   */
  public static void forward(
      double[][] xs,
      int n,
      Window w,
      double[][] weight,
      double[] b,
      double[] partial,
      double[][] ys,
      int out) {
    for (int r = 0; r < n; r++) {
      int to = 0;
      for (int start : w.starts) {
        System.arraycopy(b, 0, partial, 0, out);
        for (int tap = 0; tap < w.taps.length; tap++) {
          addTap(xs[r], start + w.taps[tap], w, weight[tap], partial, out);
        }
        System.arraycopy(partial, 0, ys[r], to, out);
        to += out;
      }
    }
  }

  private static void addTap(double[] x, int at, Window w, double[] weight, double[] y, int out) {
    if (isDepthwise(w, out)) {
      int step = w.padded.channel();
      for (int o = 0, from = at; o < out; o++, from += step) {
        y[o] = Math.fma(x[from], weight[o], y[o]);
      }
      return;
    }
    int outputs = out / w.groups;
    for (int o = 0, from = at; o < out; from += groupStep(w)) {
      double value = x[from];
      for (int end = o + outputs; o < end; o++) {
        y[o] = Math.fma(value, weight[o], y[o]);
      }
    }
  }

  /** Whether each output reads one channel, and each channel has one output. */
  private static boolean isDepthwise(Window w, int out) {
    return w.groups == w.padded.channels() && out == w.groups;
  }

  /** The distance between the first channels of neighbouring groups. */
  private static int groupStep(Window w) {
    return w.padded.channels() / w.groups * w.padded.channel();
  }

  /** The sums of the weight's gradient: {@code sums = sum x dy}, the samples and positions in order from zero. */
  public static void weightGradient(
      double[][] xs, double[][] dys, int n, Window w, double[][] sums, int out) {
    for (int tap = 0; tap < w.taps.length; tap++) {
      Arrays.fill(sums[tap], 0, out, 0.0);
    }
    int outputs = out / w.groups;
    int step = groupStep(w);
    for (int r = 0; r < n; r++) {
      double[] x = xs[r];
      double[] dy = dys[r];
      int from = 0;
      for (int start : w.starts) {
        for (int tap = 0; tap < w.taps.length; tap++) {
          addProducts(x, start + w.taps[tap], step, dy, from, sums[tap], outputs, out);
        }
        from += out;
      }
    }
  }

  /** {@code sum = sum + x dy} of a value of a window. A loop for each output would take most of the time of a depthwise convolution, whose groups have one. */
  private static void addProducts(
      double[] x, int at, int step, double[] dy, int from, double[] sum, int outputs, int out) {
    if (outputs == 1) {
      for (int o = 0, i = at; o < out; o++, i += step) {
        sum[o] = Math.fma(x[i], dy[from + o], sum[o]);
      }
      return;
    }
    for (int o = 0, i = at; o < out; i += step) {
      double value = x[i];
      for (int end = o + outputs; o < end; o++) {
        sum[o] = Math.fma(value, dy[from + o], sum[o]);
      }
    }
  }

  /** The gradient of the padded samples: {@code dx = dx + dy W}, the windows and the values of a window in order, each a chain over the outputs of its group. */
  public static void inputGradient(
      double[][] dys, int n, Window w, double[][] weight, double[][] dxs, int out, boolean first) {
    int outputs = out / w.groups;
    int step = groupStep(w);
    for (int r = 0; r < n; r++) {
      double[] dy = dys[r];
      double[] dx = dxs[r];
      if (first) {
        DoubleMaps.clearPadded(dx, w);
      }
      int from = 0;
      for (int start : w.starts) {
        for (int tap = 0; tap < w.taps.length; tap++) {
          addChains(dy, from, weight[tap], dx, start + w.taps[tap], step, outputs, out);
        }
        from += out;
      }
    }
  }

  /** {@code dx = dx + dy row} of a value of a window; as above, groups of one output are one loop. */
  private static void addChains(
      double[] dy, int from, double[] row, double[] dx, int at, int step, int outputs, int out) {
    if (outputs == 1) {
      for (int o = 0, i = at; o < out; o++, i += step) {
        dx[i] = Math.fma(dy[from + o], row[o], dx[i]);
      }
      return;
    }
    for (int o = 0, i = at; o < out; i += step) {
      double sum = dx[i];
      for (int end = o + outputs; o < end; o++) {
        sum = Math.fma(dy[from + o], row[o], sum);
      }
      dx[i] = sum;
    }
  }
}
