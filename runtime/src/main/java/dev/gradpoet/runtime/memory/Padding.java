package dev.gradpoet.runtime.memory;

/** The padding of rows: to a multiple of 16 values, which whole vectors of any width fill. */
public final class Padding {

  private static final int MULTIPLE = 16;

  private Padding() {}

  /** The length of a padded row. */
  public static int padded(int width) {
    return (width + MULTIPLE - 1) / MULTIPLE * MULTIPLE;
  }
}
