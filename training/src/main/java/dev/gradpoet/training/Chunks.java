package dev.gradpoet.training;

import java.util.ArrayList;
import java.util.List;

/** A growing table of numbers, in arrays of many rows. */
abstract sealed class Chunks {

  /** The bytes of a chunk, about. */
  private static final int CHUNK = 1 << 20;

  final int width;
  final int rowsOfChunk;
  private int rows;

  Chunks(int width, int bytes) {
    this.width = width;
    this.rowsOfChunk = Math.max(1, CHUNK / bytes / Math.max(1, width));
  }

  /** Adds a row, rounded to the type. */
  final void add(double[] row) {
    int at = rows % rowsOfChunk;
    if (at == 0) {
      grow();
    }
    write(row, at * width);
    rows++;
  }

  final int rows() {
    return rows;
  }

  abstract void grow();

  abstract void write(double[] row, int from);

  /** In {@code float}. */
  static final class Floats extends Chunks {

    private final List<float[]> chunks = new ArrayList<>();
    private float[] last;

    Floats(int width) {
      super(width, Float.BYTES);
    }

    @Override
    void grow() {
      last = new float[rowsOfChunk * width];
      chunks.add(last);
    }

    @Override
    void write(double[] row, int from) {
      for (int i = 0; i < row.length; i++) {
        last[from + i] = (float) row[i];
      }
    }

    /** All rows in one array, each at the start of a row of another width. */
    float[] join(int to) {
      float[] all = new float[Math.multiplyExact(rows(), to)];
      for (int r = 0; r < rows(); r++) {
        float[] chunk = chunks.get(r / rowsOfChunk);
        System.arraycopy(chunk, r % rowsOfChunk * width, all, r * to, width);
      }
      return all;
    }
  }

  /** In {@code double}. */
  static final class Doubles extends Chunks {

    private final List<double[]> chunks = new ArrayList<>();
    private double[] last;

    Doubles(int width) {
      super(width, Double.BYTES);
    }

    @Override
    void grow() {
      last = new double[rowsOfChunk * width];
      chunks.add(last);
    }

    @Override
    void write(double[] row, int from) {
      System.arraycopy(row, 0, last, from, row.length);
    }

    /** All rows in one array, each at the start of a row of another width. */
    double[] join(int to) {
      double[] all = new double[Math.multiplyExact(rows(), to)];
      for (int r = 0; r < rows(); r++) {
        double[] chunk = chunks.get(r / rowsOfChunk);
        System.arraycopy(chunk, r % rowsOfChunk * width, all, r * to, width);
      }
      return all;
    }
  }
}
