package dev.gradpoet.processor.plan.tiling;

/** The padding of rows: to a multiple of 16 values, which whole vectors of any width fill. */
public final class Padding {

  private static final int MULTIPLE = 16;

  private Padding() {}

  /** How many vectors of 16 values a row of a width has. */
  public static int vectors(int width) {
    return (width + MULTIPLE - 1) / MULTIPLE;
  }

  /** The length of a padded row. */
  public static int padded(int width) {
    return vectors(width) * MULTIPLE;
  }
}
