package dev.gradpoet.runtime.support.maps;

import dev.gradpoet.runtime.support.parallel.Part;
import java.util.Arrays;

/** Copies and poolings of maps in {@code double}, and sums for the gradients of convolutions. A row holds one sample, in the layout that a {@link Window.Sample} describes. */
public final class DoubleMaps {

  private DoubleMaps() {}

  /** Samples in another layout. */
  public static void relayout(
      double[][] xs, int n, Window.Sample from, Window.Sample to, double[][] ys) {
    for (int r = 0; r < n; r++) {
      relayout(xs[r], from, to, ys[r]);
    }
  }

  /** A sample in another layout. */
  public static void relayout(double[] x, Window.Sample from, Window.Sample to, double[] y) {
    for (int c = 0; c < from.channels(); c++) {
      int source = c * from.channel();
      int target = c * to.channel();
      for (int p = 0; p < from.positions(); p++) {
        y[target] = x[source];
        source += from.pixel();
        target += to.pixel();
      }
    }
  }

  /**
   * Samples in planes, in place with the channels last.
   *
   * @param copy scratch for a sample
   */
  public static void channelsLast(
      double[][] xs, int n, Window.Sample planes, Window.Sample last, double[] copy) {
    int channels = planes.channels();
    for (int r = 0; r < n; r++) {
      int c = 0;
      for (; c + 4 <= channels; c += 4) {
        interleaveFour(xs[r], c * planes.channel(), planes, copy, c, channels);
      }
      for (; c < channels; c++) {
        interleave(xs[r], c * planes.channel(), planes, copy, c, channels);
      }
      System.arraycopy(copy, 0, xs[r], 0, last.length());
    }
  }

  /** Four planes at a time: their values are neighbours in the copy. */
  private static void interleaveFour(
      double[] x, int from, Window.Sample planes, double[] y, int to, int step) {
    int second = from + planes.channel();
    int third = second + planes.channel();
    int fourth = third + planes.channel();
    for (int p = 0, at = to; p < planes.positions(); p++, at += step) {
      y[at] = x[from + p];
      y[at + 1] = x[second + p];
      y[at + 2] = x[third + p];
      y[at + 3] = x[fourth + p];
    }
  }

  private static void interleave(
      double[] x, int from, Window.Sample planes, double[] y, int to, int step) {
    for (int p = 0, at = to; p < planes.positions(); p++, at += step) {
      y[at] = x[from + p];
    }
  }

  /** The gradient of {@link #relayout}. */
  public static void relayoutGradient(
      double[][] dys, int n, Window.Sample from, Window.Sample to, double[][] dxs, boolean first) {
    for (int r = 0; r < n; r++) {
      double[] dy = dys[r];
      double[] dx = dxs[r];
      clear(dx, from, first);
      for (int c = 0; c < from.channels(); c++) {
        int target = c * from.channel();
        int source = c * to.channel();
        for (int p = 0; p < from.positions(); p++) {
          dx[target] += dy[source];
          target += from.pixel();
          source += to.pixel();
        }
      }
    }
  }

  /** Samples with their padding, which is zeros. */
  public static void pad(double[][] xs, int n, Window w, double[][] ys) {
    for (int r = 0; r < n; r++) {
      pad(xs[r], w, ys[r]);
    }
  }

  /** Clears only the padding: that takes less time than to clear all. */
  private static void pad(double[] x, Window w, double[] padded) {
    Window.Sample from = w.sample;
    Window.Sample to = w.padded;
    boolean last = from.isChannelsLast();
    int planes = last ? 1 : from.channels();
    int row = last ? from.width() * from.channels() : from.width();
    int end = 0;
    for (int c = 0; c < planes; c++) {
      for (int y = 0; y < from.height(); y++) {
        int begin = c * to.channel() + w.rowInPadded(y);
        Arrays.fill(padded, end, begin, 0.0);
        System.arraycopy(x, c * from.channel() + from.at(y, 0), padded, begin, row);
        end = begin + row;
      }
    }
    Arrays.fill(padded, end, to.length(), 0.0);
  }

  /** The gradient of {@link #pad}. */
  public static void padGradient(double[][] dys, int n, Window w, double[][] dxs, boolean first) {
    Window.Sample from = w.sample;
    Window.Sample to = w.padded;
    boolean last = from.isChannelsLast();
    int planes = last ? 1 : from.channels();
    int row = last ? from.width() * from.channels() : from.width();
    for (int r = 0; r < n; r++) {
      clear(dxs[r], from, first);
      for (int c = 0; c < planes; c++) {
        for (int y = 0; y < from.height(); y++) {
          add(
              dys[r],
              c * to.channel() + w.rowInPadded(y),
              dxs[r],
              c * from.channel() + from.at(y, 0),
              row);
        }
      }
    }
  }

  private static void add(double[] from, int source, double[] to, int target, int length) {
    for (int i = 0; i < length; i++) {
      to[target + i] += from[source + i];
    }
  }

  private static void clear(double[] dx, Window.Sample sample, boolean first) {
    if (first) {
      Arrays.fill(dx, 0, sample.length(), 0.0);
    }
  }

  /**
   * The gradient of the samples from that of their windows: adds each value of a window to its place in the sample, in the order of windows.
   *
   * @param windows the windows one after the other, in the order of {@link Window#starts} and {@link Window#taps}
   */
  public static void addWindows(double[] windows, Window w, double[] dx) {
    int at = 0;
    for (int start : w.starts) {
      int tap = 0;
      for (int length : w.runs) {
        add(windows, at, dx, start + w.taps[tap], length);
        at += length;
        tap += length;
      }
    }
  }

  /** Clears a padded sample, to which {@link #addWindows} adds. */
  public static void clearPadded(double[] dx, Window w) {
    Arrays.fill(dx, 0, w.padded.length(), 0.0);
  }

  /** Adds a part of a row, times a factor. */
  static void addRow(
      double[] from, int source, double factor, double[] to, int target, int length) {
    for (int j = 0; j < length; j++) {
      to[target + j] = Math.fma(factor, from[source + j], to[target + j]);
    }
  }

  /** The gradient of a bias for each channel: {@code d = d + factor sum dy}, the samples and positions in order from zero. */
  public static void biasGradient(
      Part part,
      double[][] dys,
      int n,
      Window.Sample of,
      double[] sums,
      double factor,
      double[] d) {
    int from = part.from(of.channels());
    int to = part.to(of.channels());
    Arrays.fill(sums, from, to, 0.0);
    for (int r = 0; r < n; r++) {
      double[] dy = dys[r];
      for (int p = 0, at = 0; p < of.positions(); p++, at += of.pixel()) {
        for (int c = from; c < to; c++) {
          sums[c] += dy[at + c * of.channel()];
        }
      }
    }
    addRow(sums, from, factor, d, from, to - from);
  }

  /** The largest value of each window, with the channels last: as {@link Math#max(double, double)}, so NaN if a value is NaN. */
  public static void maxPool(double[][] xs, int n, Window w, double[][] ys) {
    int channels = w.sample.channels();
    int step = w.sample.channel();
    for (int r = 0; r < n; r++) {
      double[] x = xs[r];
      double[] y = ys[r];
      int to = 0;
      for (int[] cells : w.inside()) {
        for (int c = 0, from = 0; c < channels; c++, from += step) {
          double max = x[from + cells[0]];
          for (int i = 1; i < cells.length; i++) {
            max = Math.max(max, x[from + cells[i]]);
          }
          y[to++] = max;
        }
      }
    }
  }

  /**
   * The gradient of {@link #maxPool}: each value goes to the first of the largest values of its window, or to the last NaN, as in PyTorch.
   *
   * @param ys the largest values; null if an activation has replaced them
   */
  public static void maxPoolGradient(
      double[][] dys,
      double[][] xs,
      double[][] ys,
      int n,
      Window w,
      double[][] dxs,
      boolean first) {
    int channels = w.sample.channels();
    int step = w.sample.channel();
    for (int r = 0; r < n; r++) {
      double[] x = xs[r];
      double[] dy = dys[r];
      double[] dx = dxs[r];
      clear(dx, w.sample, first);
      int from = 0;
      for (int[] cells : w.inside()) {
        for (int c = 0, at = 0; c < channels; c++, at += step) {
          int best = ys == null ? largest(x, at, cells) : first(ys[r][from], x, at, cells);
          dx[at + best] += dy[from++];
        }
      }
    }
  }

  /**
   * The first place of a known maximum. Where it is cannot be predicted, so a branch would take more time than the arithmetic: the sign of
   * {@code value - max} masks the place.
   */
  private static int first(double max, double[] x, int at, int[] cells) {
    if (max - max != 0) {
      return largest(x, at, cells); // infinite or NaN
    }
    int best = 0;
    for (int i = cells.length - 1; i >= 0; i--) {
      // + 0: -0 is not less than 0
      int less = Window.negative(x[at + cells[i]] - max + 0.0);
      best = cells[i] ^ ((cells[i] ^ best) & less);
    }
    return best;
  }

  private static int largest(double[] x, int at, int[] cells) {
    int best = cells[0];
    double max = x[at + best];
    for (int i = 1; i < cells.length; i++) {
      int cell = cells[i];
      double value = x[at + cell];
      if (value > max || value != value) {
        best = cell;
        max = value;
      }
    }
    return best;
  }

  /** The average of each window, with the channels last; the sum, in row-major order, is divided by the size of the window, or by the number of values that are not padding. */
  public static void averagePool(
      double[][] xs, int n, Window w, boolean countPadding, double[][] ys) {
    int channels = w.sample.channels();
    int step = w.sample.channel();
    for (int r = 0; r < n; r++) {
      double[] x = xs[r];
      double[] y = ys[r];
      int to = 0;
      for (int[] cells : w.inside()) {
        Arrays.fill(y, to, to + channels, 0.0);
        for (int cell : cells) {
          for (int c = 0, from = cell; c < channels; c++, from += step) {
            y[to + c] += x[from];
          }
        }
        int divisor = countPadding ? w.size() : cells.length;
        for (int c = 0; c < channels; c++) {
          y[to++] /= divisor;
        }
      }
    }
  }

  /** The gradient of {@link #averagePool}. */
  public static void averagePoolGradient(
      double[][] dys, int n, Window w, boolean countPadding, double[][] dxs, boolean first) {
    int channels = w.sample.channels();
    int step = w.sample.channel();
    for (int r = 0; r < n; r++) {
      double[] dy = dys[r];
      double[] dx = dxs[r];
      clear(dx, w.sample, first);
      int from = 0;
      for (int[] cells : w.inside()) {
        int divisor = countPadding ? w.size() : cells.length;
        for (int cell : cells) {
          for (int c = 0, to = cell; c < channels; c++, to += step) {
            dx[to] += dy[from + c] / divisor;
          }
        }
        from += channels;
      }
    }
  }
}
