package dev.gradpoet.runtime.support.maps;

import java.util.Arrays;

/** Copies and reductions of windows in {@code float}. Samples are rows of {@code C * H * W} values in row-major order. */
public final class FloatMaps {

  private FloatMaps() {}

  /**
   * The windows of n samples, a row each, in the order of samples and windows: the values that a convolution multiplies with its weight, in the order
   * (ky, kx, channel), and zeros for the padding.
   */
  public static void patches(float[][] xs, int n, Window w, float[][] ys) {
    int r = 0;
    for (int sample = 0; sample < n; sample++) {
      for (int oy = 0; oy < w.outputHeight(); oy++) {
        for (int ox = 0; ox < w.outputWidth(); ox++) {
          patch(xs[sample], oy, ox, w, ys[r++]);
        }
      }
    }
  }

  private static void patch(float[] x, int oy, int ox, Window w, float[] to) {
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
          Arrays.fill(to, at, at + w.channels(), 0f);
        }
        at += w.channels();
      }
    }
  }

  /** The gradient of {@link #patches}: adds each value of a window to its place in the sample, in the order of windows. */
  public static void patchesGradient(float[][] dys, int n, Window w, float[][] dxs, boolean first) {
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

  private static void addPatch(float[] dy, int oy, int ox, Window w, float[] to) {
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

  private static void clear(float[] dx, Window w, boolean first) {
    if (first) {
      Arrays.fill(dx, 0, w.channels() * w.height() * w.width(), 0f);
    }
  }

  /** Samples {@code [C, positions]} from rows of channels, one row for each position. */
  public static void channelsFirst(float[][] xs, int n, int positions, int channels, float[][] ys) {
    for (int sample = 0; sample < n; sample++) {
      float[] y = ys[sample];
      for (int p = 0; p < positions; p++) {
        float[] x = xs[sample * positions + p];
        for (int c = 0; c < channels; c++) {
          y[c * positions + p] = x[c];
        }
      }
    }
  }

  /** The gradient of {@link #channelsFirst}. */
  public static void channelsFirstGradient(
      float[][] dys, int n, int positions, int channels, float[][] dxs, boolean first) {
    for (int sample = 0; sample < n; sample++) {
      float[] dy = dys[sample];
      for (int p = 0; p < positions; p++) {
        float[] dx = dxs[sample * positions + p];
        for (int c = 0; c < channels; c++) {
          float value = dy[c * positions + p];
          dx[c] = first ? value : dx[c] + value;
        }
      }
    }
  }

  /** Rows of channels, one row for each position, from samples {@code [C, positions]}. */
  public static void channelsLast(float[][] xs, int n, int positions, int channels, float[][] ys) {
    channelsFirstGradient(xs, n, positions, channels, ys, true);
  }

  /** The gradient of {@link #channelsLast}. */
  public static void channelsLastGradient(
      float[][] dys, int n, int positions, int channels, float[][] dxs, boolean first) {
    for (int sample = 0; sample < n; sample++) {
      float[] dx = dxs[sample];
      for (int p = 0; p < positions; p++) {
        float[] dy = dys[sample * positions + p];
        for (int c = 0; c < channels; c++) {
          int at = c * positions + p;
          dx[at] = first ? dy[c] : dx[at] + dy[c];
        }
      }
    }
  }

  /** The largest value of each window; NaN if a value is NaN. */
  public static void maxPool(float[][] xs, int n, Window w, float[][] ys) {
    for (int sample = 0; sample < n; sample++) {
      float[] x = xs[sample];
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
      float[][] dys, float[][] xs, int n, Window w, float[][] dxs, boolean first) {
    for (int sample = 0; sample < n; sample++) {
      float[] dx = dxs[sample];
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
  private static int largest(float[] x, int c, int oy, int ox, Window w) {
    int best = -1;
    float max = Float.NEGATIVE_INFINITY;
    for (int ky = 0; ky < w.rows(); ky++) {
      for (int kx = 0; kx < w.columns(); kx++) {
        int iy = w.y(oy, ky);
        int ix = w.x(ox, kx);
        if (w.contains(iy, ix)) {
          int index = (c * w.height() + iy) * w.width() + ix;
          float value = x[index];
          if (best < 0 || value > max || Float.isNaN(value)) {
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
      float[][] xs, int n, Window w, boolean countPadding, float[][] ys) {
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
  private static float sum(float[] x, int c, int oy, int ox, Window w) {
    float sum = 0f;
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
      float[][] dys, int n, Window w, boolean countPadding, float[][] dxs, boolean first) {
    for (int sample = 0; sample < n; sample++) {
      float[] dx = dxs[sample];
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

  private static void add(float share, int c, int oy, int ox, Window w, float[] dx) {
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
