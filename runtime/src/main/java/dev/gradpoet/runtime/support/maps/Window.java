package dev.gradpoet.runtime.support.maps;

import dev.gradpoet.runtime.support.parallel.Part;
import java.util.Arrays;

/**
 * The windows of a convolution or a pooling over samples {@code [C, H, W]}, as tables of places in an array. A signal has the height 1. The value of
 * channel c at position p of a sample is at {@code p * pixel + c * channel}: with the channels last, {@code pixel} is C and {@code channel} 1; in
 * row-major order, {@code pixel} is 1 and {@code channel} at least H W.
 *
 * <p>A convolution reads a copy of the sample with its padding, a pooling the sample itself. The tables are made by loops, without streams, which are slow when a program starts.
 */
public final class Window {

  /** Where each window begins in a padded sample, in row-major order of the windows. */
  public final int[] starts;

  /** The places of a window's values behind its beginning, in the order (ky, kx, channel). */
  public final int[] taps;

  /** The lengths of the runs of taps that are neighbours in the array. */
  final int[] runs;

  /** What {@link #inside()} returns: made when it is first asked for, because only poolings do. */
  private volatile int[][] inside;

  /** The windows of parts, by the number of parts, made when they are first asked for. */
  private volatile Window[][] cuts = {};

  final Sample sample;
  final Sample padded;
  final int groups;
  private final Kernel kernel;
  private final Padding padding;

  /**
   * Samples in an array.
   *
   * @param channels the channels
   * @param height the height
   * @param width the width
   * @param pixel the distance between neighbouring positions
   * @param channel the distance between neighbouring channels
   */
  public record Sample(int channels, int height, int width, int pixel, int channel) {

    /** The number of positions. */
    int positions() {
      return height * width;
    }

    /** The place of channel 0 at a position. */
    int at(int y, int x) {
      return (y * width + x) * pixel;
    }

    boolean isChannelsLast() {
      return channel == 1;
    }

    /** The length of a sample, from the first value to behind the last. */
    int length() {
      return Math.max(positions() * pixel, channels * channel);
    }
  }

  /** The size of a kernel, and the distances between windows and between the values of a window. */
  public record Kernel(
      int height, int width, int strideY, int strideX, int dilationY, int dilationX) {}

  /** The padding on the four sides of a sample. */
  public record Padding(int top, int left, int bottom, int right) {

    boolean isNone() {
      return top == 0 && left == 0 && bottom == 0 && right == 0;
    }
  }

  /** The windows of a kernel over samples, in groups of channels. */
  public Window(Sample sample, Kernel kernel, Padding padding, int groups) {
    this.sample = sample;
    this.kernel = kernel;
    this.padding = padding;
    this.groups = groups;
    this.padded = padded(sample, padding);
    this.starts = starts();
    this.taps = taps();
    this.runs = runs();
  }

  /** The same windows, with some of the taps. */
  private Window(Window whole, int from, int to) {
    this.sample = whole.sample;
    this.kernel = whole.kernel;
    this.padding = whole.padding;
    this.groups = whole.groups;
    this.padded = whole.padded;
    this.starts = whole.starts;
    this.taps = Arrays.copyOfRange(whole.taps, from, to);
    this.runs = runs();
  }

  /** The first of the taps of a part. The last part has the bias too, which takes as long as a tap, and at least one tap. */
  public int firstTap(Part part) {
    return Math.min(part.from(taps.length + 1), taps.length - 1);
  }

  /** The windows with the taps whose gradients a part computes. */
  public Window of(Part part) {
    if (part.parts() == 1) {
      return this;
    }
    Window[][] known = cuts;
    if (known.length <= part.parts() || known[part.parts()] == null) {
      known = Arrays.copyOf(known, Math.max(known.length, part.parts() + 1));
      known[part.parts()] = cut(part);
      cuts = known;
    }
    return known[part.parts()][part.index()];
  }

  private Window[] cut(Part part) {
    Window[] parts = new Window[part.parts()];
    for (int i = 0; i < parts.length; i++) {
      int end = i + 1 == parts.length ? taps.length : firstTap(part.sibling(i + 1));
      parts[i] = new Window(this, firstTap(part.sibling(i)), end);
    }
    return parts;
  }

  private static Sample padded(Sample sample, Padding padding) {
    if (padding.isNone()) {
      return sample;
    }
    int height = padding.top() + sample.height() + padding.bottom();
    int width = padding.left() + sample.width() + padding.right();
    return sample.isChannelsLast()
        ? new Sample(sample.channels(), height, width, sample.channels(), 1)
        : new Sample(sample.channels(), height, width, 1, height * width);
  }

  private int outputHeight() {
    return (padded.height() - kernel.dilationY() * (kernel.height() - 1) - 1) / kernel.strideY()
        + 1;
  }

  private int outputWidth() {
    return (padded.width() - kernel.dilationX() * (kernel.width() - 1) - 1) / kernel.strideX() + 1;
  }

  /** The number of windows in a sample. */
  int windows() {
    return outputHeight() * outputWidth();
  }

  /** The number of values in a window of one channel. */
  int size() {
    return kernel.height() * kernel.width();
  }

  private int[] starts() {
    int columns = outputWidth();
    int[] starts = new int[windows()];
    for (int w = 0; w < starts.length; w++) {
      starts[w] = padded.at(w / columns * kernel.strideY(), w % columns * kernel.strideX());
    }
    return starts;
  }

  private int[] taps() {
    int channels = sample.channels() / groups;
    int[] taps = new int[size() * channels];
    for (int tap = 0; tap < taps.length; tap++) {
      int cell = tap / channels;
      int y = cell / kernel.width() * kernel.dilationY();
      int x = cell % kernel.width() * kernel.dilationX();
      taps[tap] = padded.at(y, x) + tap % channels * padded.channel();
    }
    return taps;
  }

  /** For each window, the places of the values of channel 0 that are not padding, in row-major order. */
  int[][] inside() {
    int[][] known = inside;
    if (known == null) {
      known = new int[windows()][];
      for (int window = 0; window < known.length; window++) {
        known[window] = inside(window);
      }
      inside = known;
    }
    return known;
  }

  private int[] inside(int window) {
    int top = window / outputWidth() * kernel.strideY() - padding.top();
    int left = window % outputWidth() * kernel.strideX() - padding.left();
    int[] cells = new int[size()];
    int count = 0;
    for (int cell = 0; cell < cells.length; cell++) {
      int y = y(top, cell);
      int x = x(left, cell);
      if (contains(y, x)) {
        cells[count++] = sample.at(y, x);
      }
    }
    return Arrays.copyOf(cells, count);
  }

  private int y(int top, int cell) {
    return top + cell / kernel.width() * kernel.dilationY();
  }

  private int x(int left, int cell) {
    return left + cell % kernel.width() * kernel.dilationX();
  }

  private boolean contains(int y, int x) {
    return y >= 0 && y < sample.height() && x >= 0 && x < sample.width();
  }

  /** The place in a padded sample of the first value of a row of the sample. */
  int rowInPadded(int y) {
    return padded.at(padding.top() + y, padding.left());
  }

  private int[] runs() {
    int[] lengths = new int[taps.length];
    int count = 0;
    int begin = 0;
    for (int i = 1; i <= taps.length; i++) {
      if (i == taps.length || taps[i] != taps[i - 1] + 1) {
        lengths[count++] = i - begin;
        begin = i;
      }
    }
    return Arrays.copyOf(lengths, count);
  }

  /** All bits set if a number has a minus sign, otherwise none: without a branch. */
  static int negative(float value) {
    return Float.floatToRawIntBits(value) >> (Integer.SIZE - 1);
  }

  /** All bits set if a number has a minus sign, otherwise none. */
  static int negative(double value) {
    return (int) (Double.doubleToRawLongBits(value) >> (Long.SIZE - 1));
  }
}
