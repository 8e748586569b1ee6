package dev.gradpoet.samples.learning;

import java.util.Arrays;

/**
 * Rows of features, each with its class.
 *
 * @param width the number of features of a row
 * @param features row by row
 * @param labels the class of each row
 */
public record Dataset(int width, float[] features, int[] labels) {

  /** The number of rows. */
  public int size() {
    return labels.length;
  }

  /** The features of one row. */
  public float[] row(int index) {
    return Arrays.copyOfRange(features, index * width, (index + 1) * width);
  }

  /** The rows with the indices {@code order[from]} to {@code order[to - 1]}. */
  public Dataset select(int[] order, int from, int to) {
    Dataset selected = new Dataset(width, new float[(to - from) * width], new int[to - from]);
    copy(order, from, to, selected);
    return selected;
  }

  /** Copies the rows with the indices {@code order[from]} to {@code order[to - 1]} to the start of another data set. */
  public void copy(int[] order, int from, int to, Dataset target) {
    for (int i = from; i < to; i++) {
      System.arraycopy(features, order[i] * width, target.features, (i - from) * width, width);
      target.labels[i - from] = labels[order[i]];
    }
  }
}
