package dev.gradpoet.processor.graph;

import dev.gradpoet.processor.shape.Geometry;

/** An operation on the windows of samples that are one row, or on rows of channels: everything of a convolution or pooling but the matrix product. */
public sealed interface WindowOp {

  /** Whether its gradient depends on its input. */
  default boolean gradientReadsInput() {
    return false;
  }

  /** Calls the case of this kind of operation. */
  <T> T match(Cases<T> cases);

  /** One case for each kind of operation. */
  interface Cases<T> {
    T patches(Patches op);

    T channelsFirst(ChannelsFirst op);

    T channelsLast(ChannelsLast op);

    T maxPool(MaxPool op);

    T averagePool(AveragePool op);
  }

  /** A row for each position of a kernel: the values that it reads, in the order (ky, kx, channel). */
  record Patches(Geometry geometry) implements WindowOp {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.patches(this);
    }
  }

  /** A sample in row-major order from a row of channels for each position. */
  record ChannelsFirst(int positions, int channels) implements WindowOp {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.channelsFirst(this);
    }
  }

  /** A row of channels for each position, from a sample in row-major order. */
  record ChannelsLast(int positions, int channels) implements WindowOp {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.channelsLast(this);
    }
  }

  /** The largest value of each window. */
  record MaxPool(Geometry geometry) implements WindowOp {
    @Override
    public boolean gradientReadsInput() {
      return true;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.maxPool(this);
    }
  }

  /**
   * The average of each window.
   *
   * @param countsPadding whether the padding, which is zeros, counts
   */
  record AveragePool(Geometry geometry, boolean countsPadding) implements WindowOp {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.averagePool(this);
    }
  }
}
