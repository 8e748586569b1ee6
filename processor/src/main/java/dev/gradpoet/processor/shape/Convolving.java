package dev.gradpoet.processor.shape;

/**
 * What a convolution does to a sample.
 *
 * @param geometry how its kernel moves
 * @param from the layout of the samples, before they are padded
 * @param groups the number of groups that the channels and the outputs are divided into
 * @param out the channels of the output
 * @param planes whether the output is in planes; otherwise its channels are last
 */
public record Convolving(Geometry geometry, MapLayout from, int groups, int out, boolean planes) {

  /** The largest number of channels for which vectors hold positions of a plane: they would be half empty if they held channels. */
  public static final int FEW_CHANNELS = 8;

  /** The smallest number of columns for which they do. */
  private static final int MANY_COLUMNS = 8;

  /** A convolution with the better layout of its output. */
  public static Convolving of(Geometry geometry, MapLayout from, int groups, int out) {
    boolean planes = groups == 1
        && out <= FEW_CHANNELS
        && from.withPadding(geometry).pixel() == 1
        && geometry.stride().get(geometry.stride().size() - 1) == 1
        && columns(geometry) >= MANY_COLUMNS;
    return new Convolving(geometry, from, groups, out, planes);
  }

  /** The number of values that a sum has. */
  public int taps() {
    return geometry.taps() / groups;
  }

  /** The number of positions of the kernel. */
  public int positions() {
    return geometry.positions();
  }

  /** Whether each output reads one channel of a sample with the channels last, and each channel has one output; a single channel makes an ordinary convolution. */
  public boolean isDepthwise() {
    return groups > 1 && groups == out && groups == geometry.input().first() && from.channel() == 1;
  }

  /** The columns of the output. */
  public int columns() {
    return columns(geometry);
  }

  private static int columns(Geometry geometry) {
    return geometry.output().get(geometry.output().size() - 1);
  }

  /** The layout of the output. */
  public MapLayout to() {
    return planes ? MapLayout.planes(positions()) : MapLayout.channelsLast(out);
  }

  /** The number of values of an output, with the room behind planes. */
  public int width() {
    return to().width(out, positions());
  }
}
