package dev.gradpoet.processor.shape;

/**
 * Where the values of a map {@code [C, H, W]} or a signal {@code [C, L]} lie in an array: the value of channel c at position p is at
 * {@code p * pixel + c * channel}.
 *
 * @param pixel the distance between neighbouring positions
 * @param channel the distance between neighbouring channels
 */
public record MapLayout(int pixel, int channel) {

  /** The room behind planes and maps for the vectors that end beyond them: two vectors of 16 values. */
  public static final int ROOM = 32;

  /** The channels of a position side by side. */
  public static MapLayout channelsLast(int channels) {
    return new MapLayout(channels, 1);
  }

  /** A plane for each channel, in row-major order. */
  public static MapLayout rowMajor(int positions) {
    return new MapLayout(1, positions);
  }

  /** A plane for each channel, and room behind each. */
  public static MapLayout planes(int positions) {
    return new MapLayout(1, positions + ROOM);
  }

  /** The layout of samples with their padding, which are copies if there is any. */
  public MapLayout withPadding(Geometry geometry) {
    if (!geometry.isPadded()) {
      return this;
    }
    return channel == 1
        ? channelsLast(geometry.input().first())
        : rowMajor(geometry.paddedPositions());
  }

  /** Whether the values of this shape lie in row-major order. */
  public boolean isRowMajor(Shape shape) {
    boolean ofChannels = shape.first() == 1 || channel == shape.area();
    boolean ofPositions = shape.area() == 1 || pixel == 1;
    return ofChannels && ofPositions && width(shape.first(), shape.area()) == shape.size();
  }

  /** The number of values from the first to behind the last. */
  public int width(int channels, int positions) {
    return Math.max(pixel * positions, channel * channels);
  }
}
