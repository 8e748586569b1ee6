package dev.gradpoet.runtime;

import dev.gradpoet.runtime.memory.Heap;
import dev.gradpoet.runtime.memory.Rows;
import java.util.Objects;

/** Turns matrices given as arrays of rows into flat copies, row by row, and rejects ragged ones. */
final class RowArrays {

  private static final String NAME = "rows";
  private static final String AS_THE_FIRST = " as in rows[0]: pad the short rows";

  private RowArrays() {}

  static float[] flat(float[][] rows) {
    return Rows.flat(rows, width(rows), NAME, AS_THE_FIRST);
  }

  static double[] flat(double[][] rows) {
    return Rows.flat(rows, width(rows), NAME, AS_THE_FIRST);
  }

  static long[] flat(long[][] rows) {
    int width = width(rows);
    long[] data = new long[Heap.array(NAME, (long) rows.length * width, Long.BYTES)];
    for (int i = 0; i < rows.length; i++) {
      Rows.requireWidth(NAME, i, Rows.present(NAME, rows[i], i).length, width, AS_THE_FIRST);
      System.arraycopy(rows[i], 0, data, i * width, width);
    }
    return data;
  }

  /** Converts int to long. */
  static long[] flat(int[][] rows) {
    int width = width(rows);
    long[] data = new long[Heap.array(NAME, (long) rows.length * width, Long.BYTES)];
    for (int i = 0; i < rows.length; i++) {
      Rows.requireWidth(NAME, i, Rows.present(NAME, rows[i], i).length, width, AS_THE_FIRST);
      for (int j = 0; j < width; j++) {
        data[i * width + j] = rows[i][j];
      }
    }
    return data;
  }

  static int width(int[][] rows) {
    return Objects.requireNonNull(rows, NAME).length == 0
        ? 0
        : Rows.present(NAME, rows[0], 0).length;
  }

  /** The length of the first row, 0 without rows. */
  static int width(float[][] rows) {
    return Objects.requireNonNull(rows, NAME).length == 0
        ? 0
        : Rows.present(NAME, rows[0], 0).length;
  }

  static int width(double[][] rows) {
    return Objects.requireNonNull(rows, NAME).length == 0
        ? 0
        : Rows.present(NAME, rows[0], 0).length;
  }

  static int width(long[][] rows) {
    return Objects.requireNonNull(rows, NAME).length == 0
        ? 0
        : Rows.present(NAME, rows[0], 0).length;
  }

  /** The length of each array. */
  static int[] lengths(String name, float[][] arrays) {
    int[] lengths = new int[Objects.requireNonNull(arrays, name).length];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = Rows.present(name, arrays[i], i).length;
    }
    return lengths;
  }

  static int[] lengths(String name, double[][] arrays) {
    int[] lengths = new int[Objects.requireNonNull(arrays, name).length];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = Rows.present(name, arrays[i], i).length;
    }
    return lengths;
  }
}
