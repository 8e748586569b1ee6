package dev.gradpoet.runtime.support;

import java.util.Objects;

/** The checks of whole rows and their targets: each gives the number of rows. */
public final class Targets {

  private Targets() {}

  /**
   * The number of rows, each with a class index.
   *
   * @param x the rows
   * @param inputs the values of a row
   * @param y their targets
   * @throws IllegalArgumentException if a length does not fit
   */
  public static int classes(float[] x, int inputs, int[] y) {
    return classes(Objects.requireNonNull(x, "x").length, inputs, y);
  }

  /** As for {@code float}. */
  public static int classes(double[] x, int inputs, int[] y) {
    return classes(Objects.requireNonNull(x, "x").length, inputs, y);
  }

  private static int classes(int length, int inputs, int[] y) {
    int n = Check.rows("x", length, inputs);
    Check.exactRows("y", n, Objects.requireNonNull(y, "y").length, 1);
    return n;
  }

  /**
   * The number of rows, each with a row of targets.
   *
   * @param x the rows
   * @param inputs the values of a row
   * @param y their targets
   * @param outputs the values of a target
   * @throws IllegalArgumentException if a length does not fit
   */
  public static int dense(float[] x, int inputs, float[] y, int outputs) {
    int n = Check.rows("x", Objects.requireNonNull(x, "x").length, inputs);
    Check.exactRows("y", n, Objects.requireNonNull(y, "y").length, outputs);
    return n;
  }

  /** As for {@code float}. */
  public static int dense(double[] x, int inputs, double[] y, int outputs) {
    int n = Check.rows("x", Objects.requireNonNull(x, "x").length, inputs);
    Check.exactRows("y", n, Objects.requireNonNull(y, "y").length, outputs);
    return n;
  }

  /** As {@link #dense(float[], int, float[], int)}, where class indices are taken, too, which the text then says. */
  public static int denseOrClasses(float[] x, int inputs, float[] y, int outputs) {
    int n = Check.rows("x", Objects.requireNonNull(x, "x").length, inputs);
    Check.exactDense(n, Objects.requireNonNull(y, "y").length, outputs);
    return n;
  }

  /** As for {@code float}. */
  public static int denseOrClasses(double[] x, int inputs, double[] y, int outputs) {
    int n = Check.rows("x", Objects.requireNonNull(x, "x").length, inputs);
    Check.exactDense(n, Objects.requireNonNull(y, "y").length, outputs);
    return n;
  }
}
