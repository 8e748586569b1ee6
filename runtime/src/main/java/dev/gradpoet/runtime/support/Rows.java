package dev.gradpoet.runtime.support;

import java.util.Arrays;
import java.util.Objects;

/** Moves rows between the flat arrays of a caller and the padded row arrays of the kernels. */
public final class Rows {

  private Rows() {}

  /**
   * Copies {@code n} rows of a flat array, from row {@code from} on, into row arrays.
   *
   * @param x the flat array, row-major
   * @param from the first row
   * @param n how many rows
   * @param width the values of a row
   * @param rows where they go
   */
  public static void read(float[] x, int from, int n, int width, float[][] rows) {
    for (int r = 0; r < n; r++) {
      System.arraycopy(x, (from + r) * width, rows[r], 0, width);
    }
  }

  /** As for {@code float}. */
  public static void read(double[] x, int from, int n, int width, double[][] rows) {
    for (int r = 0; r < n; r++) {
      System.arraycopy(x, (from + r) * width, rows[r], 0, width);
    }
  }

  /**
   * Copies {@code n} row arrays into a flat array, from row {@code from} on.
   *
   * @param rows the rows
   * @param n how many rows
   * @param width the values of a row
   * @param y the flat array, row-major
   * @param from the first row
   */
  public static void write(float[][] rows, int n, int width, float[] y, int from) {
    for (int r = 0; r < n; r++) {
      System.arraycopy(rows[r], 0, y, (from + r) * width, width);
    }
  }

  /** As for {@code float}. */
  public static void write(double[][] rows, int n, int width, double[] y, int from) {
    for (int r = 0; r < n; r++) {
      System.arraycopy(rows[r], 0, y, (from + r) * width, width);
    }
  }

  /**
   * Rows that a caller has as arrays, one after the other.
   *
   * @param x the rows
   * @param width the values of each
   * @throws IllegalArgumentException if there is none, or one has another length
   */
  public static float[] flat(float[][] x, int width) {
    float[] flat = new float[lengthOf(Objects.requireNonNull(x, "x").length, width, Float.BYTES)];
    for (int r = 0; r < x.length; r++) {
      requireWidth(r, Objects.requireNonNull(x[r], "x[" + r + "]").length, width);
      System.arraycopy(x[r], 0, flat, r * width, width);
    }
    return flat;
  }

  /** As for {@code float}. */
  public static double[] flat(double[][] x, int width) {
    double[] flat =
        new double[lengthOf(Objects.requireNonNull(x, "x").length, width, Double.BYTES)];
    for (int r = 0; r < x.length; r++) {
      requireWidth(r, Objects.requireNonNull(x[r], "x[" + r + "]").length, width);
      System.arraycopy(x[r], 0, flat, r * width, width);
    }
    return flat;
  }

  private static int lengthOf(int rows, int width, int bytes) {
    if (rows == 0) {
      throw new IllegalArgumentException("x has no rows, expected at least 1 row of " + width);
    }
    return Heap.array("x", (long) rows * width, bytes);
  }

  private static void requireWidth(int row, int length, int width) {
    if (length != width) {
      throw new IllegalArgumentException("x[" + row + "] has " + length + " values, expected "
          + width + ": each row holds the values of one sample");
    }
  }

  /** Whole rows of a flat array, each in an array of its own. */
  public static float[][] split(float[] y, int width) {
    float[][] rows = new float[y.length / width][];
    for (int r = 0; r < rows.length; r++) {
      rows[r] = Arrays.copyOfRange(y, r * width, (r + 1) * width);
    }
    return rows;
  }

  /** As for {@code float}. */
  public static double[][] split(double[] y, int width) {
    double[][] rows = new double[y.length / width][];
    for (int r = 0; r < rows.length; r++) {
      rows[r] = Arrays.copyOfRange(y, r * width, (r + 1) * width);
    }
    return rows;
  }

  /**
   * The place of the largest of the first {@code width} values, the first of equals; NaN counts as the largest, as in {@code
   * torch.argmax}.
   */
  public static int argmax(float[] row, int width) {
    int best = 0;
    for (int j = 1; j < width; j++) {
      if (row[j] > row[best] || Float.isNaN(row[j]) && !Float.isNaN(row[best])) {
        best = j;
      }
    }
    return best;
  }

  /** As for {@code float}. */
  public static int argmax(double[] row, int width) {
    int best = 0;
    for (int j = 1; j < width; j++) {
      if (row[j] > row[best] || Double.isNaN(row[j]) && !Double.isNaN(row[best])) {
        best = j;
      }
    }
    return best;
  }
}
