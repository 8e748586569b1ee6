package dev.gradpoet.runtime.support.batch;

import dev.gradpoet.runtime.support.Panels;
import dev.gradpoet.runtime.support.parallel.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * Allocates the arrays of a batch, a row a sample or several: for all its rows, or for the part of them that a thread computes. The rows of a part are
 * those of the batch: its arrays refer to them, and are made in the same order.
 */
public final class BatchRows {

  private final int capacity;
  private final Part part;

  /** The rows of the batch; null if these are they. */
  private final BatchRows all;

  /** The arrays, for parts that refer to their rows; null if there are no parts. */
  private final List<Rows> arrays;

  /** What the parts have in common, in order; null if there are no parts. */
  private final List<Object> common;

  /** How many of the common objects a part has. */
  private int taken;

  /** The size of the batch whose rows a part refers to. */
  private int total;

  /** An array of rows, so many of each sample. */
  private record Rows(Object[] array, int positions) {}

  private BatchRows(int capacity, Part part, BatchRows all, boolean cut) {
    this.capacity = capacity;
    this.part = part;
    this.all = all;
    this.arrays = cut ? new ArrayList<>() : null;
    this.common = cut ? new ArrayList<>() : null;
  }

  /** Arrays for so many rows, which one thread computes. */
  public static BatchRows of(int rows) {
    return new BatchRows(rows, Part.WHOLE, null, false);
  }

  /** Arrays for so many rows, which so many threads compute. */
  public static BatchRows of(int rows, int threads) {
    return new BatchRows(rows, Part.WHOLE, null, threads > 1);
  }

  /** Arrays for a part of these rows. */
  public BatchRows of(Part part) {
    int units = (capacity + Part.BLOCK - 1) / Part.BLOCK;
    int most = (units + part.parts() - 1) / part.parts() * Part.BLOCK;
    return new BatchRows(Math.min(capacity, most), part, this, true);
  }

  /** The part that they belong to. */
  public Part part() {
    return part;
  }

  /** The most rows of the batch. */
  public int capacity() {
    return all == null ? capacity : all.capacity;
  }

  /** Whether they are a part of others. */
  public boolean isPart() {
    return all != null;
  }

  /** The first row of a part in a batch of so many rows. */
  public int from(int rows) {
    return part.from(rows, Part.BLOCK);
  }

  /**
   * Refers to the rows of this part in a batch.
   *
   * @param rows the size of the batch
   * @return the number of rows of this part
   */
  public int share(int rows) {
    int from = from(rows);
    int count = part.to(rows, Part.BLOCK) - from;
    if (rows != total) {
      for (int i = 0; i < arrays.size(); i++) {
        Rows own = arrays.get(i);
        Object[] shared = all.arrays.get(i).array();
        int first = from * own.positions();
        System.arraycopy(shared, first, own.array(), 0, count * own.positions());
      }
      total = rows;
    }
    return count;
  }

  /** Rows of {@code float}, one of each sample. */
  public float[][] floats(int width) {
    return floats(1, width);
  }

  /** Rows of {@code float}, so many of each sample. */
  public float[][] floats(int positions, int width) {
    int rows = capacity * positions;
    float[][] array = isPart() ? new float[rows][] : new float[rows][width];
    keep(array, positions);
    return array;
  }

  /** Rows of {@code double}, one of each sample. */
  public double[][] doubles(int width) {
    return doubles(1, width);
  }

  /** Rows of {@code double}, so many of each sample. */
  public double[][] doubles(int positions, int width) {
    int rows = capacity * positions;
    double[][] array = isPart() ? new double[rows][] : new double[rows][width];
    keep(array, positions);
    return array;
  }

  /** Rows of class indices, one of each sample. */
  public int[][] ints(int width) {
    int[][] array = isPart() ? new int[capacity][] : new int[capacity][width];
    keep(array, 1);
    return array;
  }

  private void keep(Object[] array, int positions) {
    if (arrays != null) {
      arrays.add(new Rows(array, positions));
    }
  }

  /** A matrix of {@code float} that all parts have in common. */
  public float[][] floatMatrix(int height, int width) {
    return isPart() ? (float[][]) all.nextOf(this) : common(new float[height][width]);
  }

  /** A matrix of {@code double} that all parts have in common. */
  public double[][] doubleMatrix(int height, int width) {
    return isPart() ? (double[][]) all.nextOf(this) : common(new double[height][width]);
  }

  /**
   * A matrix of {@code float} in {@link Panels} that all parts have in common.
   *
   * @throws IllegalArgumentException if an array cannot hold a panel
   */
  public float[][] floatPanels(String layer, int height, int width, int columns) {
    return isPart()
        ? (float[][]) all.nextOf(this)
        : common(Panels.floats(layer, height, width, columns));
  }

  /**
   * A matrix of {@code double} in {@link Panels} that all parts have in common.
   *
   * @throws IllegalArgumentException if an array cannot hold a panel
   */
  public double[][] doublePanels(String layer, int height, int width, int columns) {
    return isPart()
        ? (double[][]) all.nextOf(this)
        : common(Panels.doubles(layer, height, width, columns));
  }

  /** Flags that all parts have in common. */
  public boolean[] flags(int count) {
    return isPart() ? (boolean[]) all.nextOf(this) : common(new boolean[count]);
  }

  private <T> T common(T object) {
    if (common != null) {
      common.add(object);
    }
    return object;
  }

  private Object nextOf(BatchRows own) {
    return common.get(own.taken++);
  }
}
