package dev.gradpoet.runtime.support.maps;

import java.util.Arrays;

/** Copies and reductions of windows in {@code double}. Samples are rows of {@code C * H * W} values in row-major order. */
public final class DoubleMaps {

  private DoubleMaps() {}

  /**
   * The windows of n samples, a row each, in the order of samples and windows: the values that a convolution multiplies with its weight, in the order
   * (ky, kx, channel), and zeros for the padding.
   */
  public static void patches(double[][] xs, int n, Window w, double[][] ys) {
    int r = 0;
    for (int sample = 0; sample < n; sample++) {
      for (int oy = 0; oy < w.outputHeight(); oy++) {
        for (int ox = 0; ox < w.outputWidth(); ox++) {
          patch(xs[sample], oy, ox, w, ys[r++]);
        }
      }
    }
  }

  private static void patch(double[] x, int oy, int ox, Window w, double[] to) {
    int area = w.height() * w.width();
    int at = 0;
    for (int ky = 0; ky < w.rows(); ky++) {
      int iy = w.y(oy, ky);
      for (int kx = 0; kx < w.columns(); kx++) {
        int ix = w.x(ox, kx);
        if (w.contains(iy, ix)) {
          int from = iy * w.width() + ix;
          for (int c = 0; c < w.channels(); c++) {
            to[at + c] = x[from + c * area];
          }
        } else {
          Arrays.fill(to, at, at + w.channels(), 0.0);
        }
        at += w.channels();
      }
    }
  }

  /** The gradient of {@link #patches}: adds each value of a window to its place in the sample, in the order of windows. */
  public static void patchesGradient(
      double[][] dys, int n, Window w, double[][] dxs, boolean first) {
    int r = 0;
    for (int sample = 0; sample < n; sample++) {
      clear(dxs[sample], w, first);
      for (int oy = 0; oy < w.outputHeight(); oy++) {
        for (int ox = 0; ox < w.outputWidth(); ox++) {
          addPatch(dys[r++], oy, ox, w, dxs[sample]);
        }
      }
    }
  }

  private static void addPatch(double[] dy, int oy, int ox, Window w, double[] to) {
    int area = w.height() * w.width();
    int at = 0;
    for (int ky = 0; ky < w.rows(); ky++) {
      int iy = w.y(oy, ky);
      for (int kx = 0; kx < w.columns(); kx++) {
        int ix = w.x(ox, kx);
        if (w.contains(iy, ix)) {
          int from = iy * w.width() + ix;
          for (int c = 0; c < w.channels(); c++) {
            to[from + c * area] += dy[at + c];
          }
        }
        at += w.channels();
      }
    }
  }

  private static void clear(double[] dx, Window w, boolean first) {
    if (first) {
      Arrays.fill(dx, 0, w.channels() * w.height() * w.width(), 0.0);
    }
  }

  /** Samples {@code [C, positions]} from rows of channels, one row for each position. */
  public static void channelsFirst(
      double[][] xs, int n, int positions, int channels, double[][] ys) {
    for (int sample = 0; sample < n; sample++) {
      double[] y = ys[sample];
      for (int p = 0; p < positions; p++) {
        double[] x = xs[sample * positions + p];
        for (int c = 0; c < channels; c++) {
          y[c * positions + p] = x[c];
        }
      }
    }
  }

  /** The gradient of {@link #channelsFirst}. */
  public static void channelsFirstGradient(
      double[][] dys, int n, int positions, int channels, double[][] dxs, boolean first) {
    for (int sample = 0; sample < n; sample++) {
      double[] dy = dys[sample];
      for (int p = 0; p < positions; p++) {
        double[] dx = dxs[sample * positions + p];
        for (int c = 0; c < channels; c++) {
          double value = dy[c * positions + p];
          dx[c] = first ? value : dx[c] + value;
        }
      }
    }
  }

  /** Rows of channels, one row for each position, from samples {@code [C, positions]}. */
  public static void channelsLast(
      double[][] xs, int n, int positions, int channels, double[][] ys) {
    channelsFirstGradient(xs, n, positions, channels, ys, true);
  }

  /** The gradient of {@link #channelsLast}. */
  public static void channelsLastGradient(
      double[][] dys, int n, int positions, int channels, double[][] dxs, boolean first) {
    for (int sample = 0; sample < n; sample++) {
      double[] dx = dxs[sample];
      for (int p = 0; p < positions; p++) {
        double[] dy = dys[sample * positions + p];
        for (int c = 0; c < channels; c++) {
          int at = c * positions + p;
          dx[at] = first ? dy[c] : dx[at] + dy[c];
        }
      }
    }
  }

  /** The largest value of each window; NaN if a value is NaN. */
  public static void maxPool(double[][] xs, int n, Window w, double[][] ys) {
    for (int sample = 0; sample < n; sample++) {
      double[] x = xs[sample];
      int at = 0;
      for (int c = 0; c < w.channels(); c++) {
        for (int oy = 0; oy < w.outputHeight(); oy++) {
          for (int ox = 0; ox < w.outputWidth(); ox++) {
            ys[sample][at++] = x[largest(x, c, oy, ox, w)];
          }
        }
      }
    }
  }

  /** The gradient of {@link #maxPool}: each value goes to the input that was the maximum of its window. */
  public static void maxPoolGradient(
      double[][] dys, double[][] xs, int n, Window w, double[][] dxs, boolean first) {
    for (int sample = 0; sample < n; sample++) {
      double[] dx = dxs[sample];
      clear(dx, w, first);
      int at = 0;
      for (int c = 0; c < w.channels(); c++) {
        for (int oy = 0; oy < w.outputHeight(); oy++) {
          for (int ox = 0; ox < w.outputWidth(); ox++) {
            dx[largest(xs[sample], c, oy, ox, w)] += dys[sample][at++];
          }
        }
      }
    }
  }

  /** The index of the largest value of a window: the first of equal values, or the last NaN, as in PyTorch. */
  private static int largest(double[] x, int c, int oy, int ox, Window w) {
    int best = -1;
    double max = Double.NEGATIVE_INFINITY;
    for (int ky = 0; ky < w.rows(); ky++) {
      for (int kx = 0; kx < w.columns(); kx++) {
        int iy = w.y(oy, ky);
        int ix = w.x(ox, kx);
        if (w.contains(iy, ix)) {
          int index = (c * w.height() + iy) * w.width() + ix;
          double value = x[index];
          if (best < 0 || value > max || Double.isNaN(value)) {
            best = index;
            max = value;
          }
        }
      }
    }
    return best;
  }

  /** The average of each window; the sum is divided by the size of the window, or by the number of values that are not padding. */
  public static void averagePool(
      double[][] xs, int n, Window w, boolean countPadding, double[][] ys) {
    for (int sample = 0; sample < n; sample++) {
      int at = 0;
      for (int c = 0; c < w.channels(); c++) {
        for (int oy = 0; oy < w.outputHeight(); oy++) {
          for (int ox = 0; ox < w.outputWidth(); ox++) {
            ys[sample][at++] = sum(xs[sample], c, oy, ox, w) / divisor(oy, ox, w, countPadding);
          }
        }
      }
    }
  }

  /** The sum of a window, in row-major order. */
  private static double sum(double[] x, int c, int oy, int ox, Window w) {
    double sum = 0.0;
    for (int ky = 0; ky < w.rows(); ky++) {
      for (int kx = 0; kx < w.columns(); kx++) {
        int iy = w.y(oy, ky);
        int ix = w.x(ox, kx);
        if (w.contains(iy, ix)) {
          sum += x[(c * w.height() + iy) * w.width() + ix];
        }
      }
    }
    return sum;
  }

  private static int divisor(int oy, int ox, Window w, boolean countPadding) {
    return countPadding ? w.rows() * w.columns() : w.inside(oy, ox);
  }

  /** The gradient of {@link #averagePool}. */
  public static void averagePoolGradient(
      double[][] dys, int n, Window w, boolean countPadding, double[][] dxs, boolean first) {
    for (int sample = 0; sample < n; sample++) {
      double[] dx = dxs[sample];
      clear(dx, w, first);
      int at = 0;
      for (int c = 0; c < w.channels(); c++) {
        for (int oy = 0; oy < w.outputHeight(); oy++) {
          for (int ox = 0; ox < w.outputWidth(); ox++) {
            add(dys[sample][at++] / divisor(oy, ox, w, countPadding), c, oy, ox, w, dx);
          }
        }
      }
    }
  }

  private static void add(double share, int c, int oy, int ox, Window w, double[] dx) {
    for (int ky = 0; ky < w.rows(); ky++) {
      for (int kx = 0; kx < w.columns(); kx++) {
        int iy = w.y(oy, ky);
        int ix = w.x(ox, kx);
        if (w.contains(iy, ix)) {
          dx[(c * w.height() + iy) * w.width() + ix] += share;
        }
      }
    }
  }
}
