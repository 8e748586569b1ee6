package dev.gradpoet.processor.plan.tiling;

/** The padding of rows to a multiple of 16 values, which is a whole number of vectors of any width. */
public final class Padding {

  private static final int MULTIPLE = 16;

  private Padding() {}

  /** The number of vectors of 16 values in a padded row. */
  public static int vectors(int width) {
    return (width + MULTIPLE - 1) / MULTIPLE;
  }

  /** The length of a padded row. */
  public static int padded(int width) {
    return vectors(width) * MULTIPLE;
  }
}
