package dev.gradpoet.runtime;

/** Turns matrices given as arrays of rows into flat copies, row by row, and refuses ragged ones. */
final class RowArrays {

  private RowArrays() {}

  static float[] flat(float[][] rows) {
    int width = width(rows);
    float[] data = new float[Math.multiplyExact(rows.length, width)];
    for (int i = 0; i < rows.length; i++) {
      requireWidth(i, rows[i].length, width);
      System.arraycopy(rows[i], 0, data, i * width, width);
    }
    return data;
  }

  static double[] flat(double[][] rows) {
    int width = width(rows);
    double[] data = new double[Math.multiplyExact(rows.length, width)];
    for (int i = 0; i < rows.length; i++) {
      requireWidth(i, rows[i].length, width);
      System.arraycopy(rows[i], 0, data, i * width, width);
    }
    return data;
  }

  static long[] flat(long[][] rows) {
    int width = width(rows);
    long[] data = new long[Math.multiplyExact(rows.length, width)];
    for (int i = 0; i < rows.length; i++) {
      requireWidth(i, rows[i].length, width);
      System.arraycopy(rows[i], 0, data, i * width, width);
    }
    return data;
  }

  /** The length of the first row, 0 without rows. */
  static int width(float[][] rows) {
    return rows.length == 0 ? 0 : rows[0].length;
  }

  static int width(double[][] rows) {
    return rows.length == 0 ? 0 : rows[0].length;
  }

  static int width(long[][] rows) {
    return rows.length == 0 ? 0 : rows[0].length;
  }

  private static void requireWidth(int row, int length, int width) {
    if (length != width) {
      throw new IllegalArgumentException("rows[" + row + "] has " + length + " values, expected "
          + width + " as in rows[0]: pad the short rows");
    }
  }
}
