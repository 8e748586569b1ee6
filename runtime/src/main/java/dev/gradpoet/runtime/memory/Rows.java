package dev.gradpoet.runtime.memory;

import java.util.Arrays;
import java.util.Objects;

/** Moves rows between the flat arrays of a caller and the padded row arrays of the kernels. */
public final class Rows {

  /** Up to this width a loop is faster than {@code arraycopy}. */
  private static final int FEW = 8;

  private static final String ONE_SAMPLE = ": each row holds the values of one sample";

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

  /** The same for {@code double}. */
  public static void read(double[] x, int from, int n, int width, double[][] rows) {
    for (int r = 0; r < n; r++) {
      System.arraycopy(x, (from + r) * width, rows[r], 0, width);
    }
  }

  /** The same for class indices. */
  public static void read(int[] x, int from, int n, int width, int[][] rows) {
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
    if (width <= FEW) {
      int next = from * width;
      for (int r = 0; r < n; r++) {
        float[] row = rows[r];
        for (int i = 0; i < width; i++) {
          y[next++] = row[i];
        }
      }
      return;
    }
    for (int r = 0; r < n; r++) {
      System.arraycopy(rows[r], 0, y, (from + r) * width, width);
    }
  }

  /** The same for {@code double}. */
  public static void write(double[][] rows, int n, int width, double[] y, int from) {
    if (width <= FEW) {
      int next = from * width;
      for (int r = 0; r < n; r++) {
        double[] row = rows[r];
        for (int i = 0; i < width; i++) {
          y[next++] = row[i];
        }
      }
      return;
    }
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
    requireRows(Objects.requireNonNull(x, "x").length, width);
    return flat(x, width, "x", ONE_SAMPLE);
  }

  /** The same for {@code double}. */
  public static double[] flat(double[][] x, int width) {
    requireRows(Objects.requireNonNull(x, "x").length, width);
    return flat(x, width, "x", ONE_SAMPLE);
  }

  private static void requireRows(int rows, int width) {
    if (rows == 0) {
      throw new IllegalArgumentException("x has no rows, expected at least 1 row of " + width);
    }
  }

  /**
   * Rows one after the other, of which there may be none.
   *
   * @param rows the rows
   * @param width the values of each
   * @param name what they are called, for the text
   * @param why the end of the text: why the width is expected, and the way out
   * @throws IllegalArgumentException if one has another length
   */
  public static float[] flat(float[][] rows, int width, String name, String why) {
    float[] flat = new float[Heap.array(name, (long) rows.length * width, Float.BYTES)];
    for (int r = 0; r < rows.length; r++) {
      requireWidth(name, r, present(name, rows[r], r).length, width, why);
      System.arraycopy(rows[r], 0, flat, r * width, width);
    }
    return flat;
  }

  /** The same for {@code double}. */
  public static double[] flat(double[][] rows, int width, String name, String why) {
    double[] flat = new double[Heap.array(name, (long) rows.length * width, Double.BYTES)];
    for (int r = 0; r < rows.length; r++) {
      requireWidth(name, r, present(name, rows[r], r).length, width, why);
      System.arraycopy(rows[r], 0, flat, r * width, width);
    }
    return flat;
  }

  /** A row, which must be there. */
  public static <T> T present(String name, T row, int r) {
    if (row == null) {
      throw new NullPointerException(name + "[" + r + "]");
    }
    return row;
  }

  /**
   * Checks the length of a row.
   *
   * @throws IllegalArgumentException if it is another than the width; the text ends with {@code why}
   */
  public static void requireWidth(String name, int row, int length, int width, String why) {
    if (length != width) {
      throw new IllegalArgumentException(
          name + "[" + row + "] has " + length + " values, expected " + width + why);
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

  /** The same for {@code double}. */
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

  /** The same for {@code double}. */
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
