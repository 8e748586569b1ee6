package dev.gradpoet.runtime.support;

/** The padding of rows: to a multiple of 16 values, which whole vectors of any width fill. */
final class Padding {

  private static final int MULTIPLE = 16;

  private Padding() {}

  /** The length of a padded row. */
  static int padded(int width) {
    return (width + MULTIPLE - 1) / MULTIPLE * MULTIPLE;
  }

  /**
   * The length of rows that lie in one array.
   *
   * @throws IllegalArgumentException if it is too much for an array
   */
  static int flat(String layer, int height, int stride) {
    long length = (long) height * stride;
    if (length > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("layer \"" + layer + "\" has " + length
          + " weights with their padding, expected at most " + (Integer.MAX_VALUE - 8)
          + ", which one array holds: split the layer, or run with -Dgradpoet.simd=off");
    }
    return (int) length;
  }
}
