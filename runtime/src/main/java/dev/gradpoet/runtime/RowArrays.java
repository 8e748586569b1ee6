package dev.gradpoet.runtime;

import dev.gradpoet.runtime.support.Heap;
import java.util.Objects;

/** Turns matrices given as arrays of rows into flat copies, row by row, and refuses ragged ones. */
final class RowArrays {

  private RowArrays() {}

  static float[] flat(float[][] rows) {
    int width = width(rows);
    float[] data = new float[Heap.array("the matrix", (long) rows.length * width, Float.BYTES)];
    for (int i = 0; i < rows.length; i++) {
      requireWidth(i, present("rows", rows[i], i).length, width);
      System.arraycopy(rows[i], 0, data, i * width, width);
    }
    return data;
  }

  static double[] flat(double[][] rows) {
    int width = width(rows);
    double[] data = new double[Heap.array("the matrix", (long) rows.length * width, Double.BYTES)];
    for (int i = 0; i < rows.length; i++) {
      requireWidth(i, present("rows", rows[i], i).length, width);
      System.arraycopy(rows[i], 0, data, i * width, width);
    }
    return data;
  }

  static long[] flat(long[][] rows) {
    int width = width(rows);
    long[] data = new long[Heap.array("the matrix", (long) rows.length * width, Long.BYTES)];
    for (int i = 0; i < rows.length; i++) {
      requireWidth(i, present("rows", rows[i], i).length, width);
      System.arraycopy(rows[i], 0, data, i * width, width);
    }
    return data;
  }

  /** From int to long. */
  static long[] flat(int[][] rows) {
    int width = width(rows);
    long[] data = new long[Heap.array("the matrix", (long) rows.length * width, Long.BYTES)];
    for (int i = 0; i < rows.length; i++) {
      requireWidth(i, present("rows", rows[i], i).length, width);
      for (int j = 0; j < width; j++) {
        data[i * width + j] = rows[i][j];
      }
    }
    return data;
  }

  static int width(int[][] rows) {
    return Objects.requireNonNull(rows, "rows").length == 0
        ? 0
        : present("rows", rows[0], 0).length;
  }

  /** A row, which must be there. */
  static <T> T present(String name, T row, int i) {
    return Objects.requireNonNull(row, () -> name + "[" + i + "]");
  }

  /** The length of the first row, 0 without rows. */
  static int width(float[][] rows) {
    return Objects.requireNonNull(rows, "rows").length == 0
        ? 0
        : present("rows", rows[0], 0).length;
  }

  static int width(double[][] rows) {
    return Objects.requireNonNull(rows, "rows").length == 0
        ? 0
        : present("rows", rows[0], 0).length;
  }

  static int width(long[][] rows) {
    return Objects.requireNonNull(rows, "rows").length == 0
        ? 0
        : present("rows", rows[0], 0).length;
  }

  private static void requireWidth(int row, int length, int width) {
    if (length != width) {
      throw new IllegalArgumentException("rows[" + row + "] has " + length + " values, expected "
          + width + " as in rows[0]: pad the short rows");
    }
  }
}
