package dev.gradpoet.runtime.support.maps;

import dev.gradpoet.runtime.support.parallel.Part;
import java.util.Arrays;

/** Rows of a table in {@code double}, looked up by their indices: an embedding. The table is one array, row by row. */
public final class DoubleTables {

  private DoubleTables() {}

  /**
   * The rows of the table for one sample, one after the other.
   *
   * @param indices the indices of the sample
   * @param count the number of indices
   * @param table the table
   * @param dim the number of values in a row of the table
   * @param y receives the rows
   */
  public static void lookUp(int[] indices, int count, double[] table, int dim, double[] y) {
    for (int j = 0; j < count; j++) {
      System.arraycopy(table, indices[j] * dim, y, j * dim, dim);
    }
  }

  /**
   * {@code d = d + factor gradient}, of the rows that were looked up. The gradient of a row of the table is the sum of those of the rows that were
   * looked up, in the order of samples and places.
   *
   * @param part which columns of the table are its own
   * @param dys the gradients of the rows that were looked up
   * @param n the number of samples
   * @param count the number of indices of a sample
   * @param indices the indices of each sample
   * @param dim the number of values in a row of the table
   * @param sums receives the gradient: what it holds already is part of the sums if it is {@code d}, whose factor is 1
   * @param d the gradient; or the table itself, for a step of plain SGD
   */
  public static void gradient(
      Part part,
      double[][] dys,
      int n,
      int count,
      int[][] indices,
      int dim,
      double[] sums,
      double factor,
      double[] d) {
    int from = part.from(dim);
    int to = part.to(dim);
    if (d == sums) {
      add(dys, n, count, indices, dim, sums, from, to);
      return;
    }
    for (int r = 0; r < n; r++) {
      for (int j = 0; j < count; j++) {
        int at = indices[r][j] * dim;
        Arrays.fill(sums, at + from, at + to, 0.0);
      }
    }
    add(dys, n, count, indices, dim, sums, from, to);
    for (int r = 0; r < n; r++) {
      for (int j = 0; j < count; j++) {
        int at = indices[r][j] * dim;
        take(sums, factor, d, at + from, at + to);
      }
    }
  }

  private static void add(
      double[][] dys, int n, int count, int[][] indices, int dim, double[] sums, int from, int to) {
    for (int r = 0; r < n; r++) {
      for (int j = 0; j < count; j++) {
        add(dys[r], j * dim + from, sums, indices[r][j] * dim + from, to - from);
      }
    }
  }

  private static void add(double[] dy, int from, double[] to, int at, int dim) {
    for (int i = 0; i < dim; i++) {
      to[at + i] += dy[from + i];
    }
  }

  /** Takes the gradient of a row once: the next time it is zero. */
  private static void take(double[] sums, double factor, double[] table, int from, int to) {
    for (int i = from; i < to; i++) {
      table[i] = Math.fma(factor, sums[i], table[i]);
      sums[i] = 0;
    }
  }
}
