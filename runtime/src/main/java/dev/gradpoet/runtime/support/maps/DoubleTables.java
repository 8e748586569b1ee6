package dev.gradpoet.runtime.support.maps;

import java.util.Arrays;

/** Rows of a table in {@code double}, looked up by their indices: an embedding. The table is one array, row by row. */
public final class DoubleTables {

  private DoubleTables() {}

  /**
   * The rows of the table for n samples, those of a sample one after the other.
   *
   * @param indices the indices of each sample
   * @param n the number of samples
   * @param count the number of indices of a sample
   * @param table the table
   * @param dim the number of values in a row of the table
   * @param ys receives the rows
   */
  public static void lookUp(
      int[][] indices, int n, int count, double[] table, int dim, double[][] ys) {
    for (int r = 0; r < n; r++) {
      lookUp(indices[r], count, table, dim, ys[r]);
    }
  }

  /** The rows of the table for one sample. */
  public static void lookUp(int[] indices, int count, double[] table, int dim, double[] y) {
    for (int j = 0; j < count; j++) {
      System.arraycopy(table, indices[j] * dim, y, j * dim, dim);
    }
  }

  /** Adds the gradient of each row that was looked up to that of its row of the table, in the order of samples and places. */
  public static void addGradient(
      double[][] dys, int n, int count, int[][] indices, int dim, double[] gradient) {
    for (int r = 0; r < n; r++) {
      for (int j = 0; j < count; j++) {
        add(dys[r], j * dim, gradient, indices[r][j] * dim, dim);
      }
    }
  }

  private static void add(double[] dy, int from, double[] to, int at, int dim) {
    for (int i = 0; i < dim; i++) {
      to[at + i] += dy[from + i];
    }
  }

  /**
   * {@code table = table + factor gradient}, of the rows that were looked up: a step of plain SGD, which needs no gradient of the others.
   *
   * @param gradient scratch, which may hold anything
   */
  public static void step(
      double[][] dys,
      int n,
      int count,
      int[][] indices,
      int dim,
      double[] gradient,
      double factor,
      double[] table) {
    for (int r = 0; r < n; r++) {
      for (int j = 0; j < count; j++) {
        int at = indices[r][j] * dim;
        Arrays.fill(gradient, at, at + dim, 0.0);
      }
    }
    addGradient(dys, n, count, indices, dim, gradient);
    for (int r = 0; r < n; r++) {
      for (int j = 0; j < count; j++) {
        take(gradient, factor, table, indices[r][j] * dim, dim);
      }
    }
  }

  /** A second time it takes nothing. */
  private static void take(double[] gradient, double factor, double[] table, int at, int dim) {
    for (int i = at; i < at + dim; i++) {
      table[i] = Math.fma(factor, gradient[i], table[i]);
      gradient[i] = 0;
    }
  }
}
