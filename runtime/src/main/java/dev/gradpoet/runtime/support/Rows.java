package dev.gradpoet.runtime.support;

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
