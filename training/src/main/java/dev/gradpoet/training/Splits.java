package dev.gradpoet.training;

import dev.gradpoet.runtime.Generator;
import java.util.Arrays;
import java.util.List;

/** Which rows go to which part of a split. */
final class Splits {

  private Splits() {}

  /** Checks a fraction. */
  static double fraction(double train) {
    if (!(train > 0 && train < 1)) {
      throw new IllegalArgumentException(
          "the fraction of training rows is " + train + ", expected a number between 0 and 1");
    }
    return train;
  }

  /** The rows in random order, sorted by class: ignored rows first. */
  static int[] byClass(int[] labels, int classes, Generator g) {
    int[] order = g.randperm(labels.length).toIntArray();
    int[] next = new int[classes + 2];
    for (int row : order) {
      next[group(labels[row]) + 1]++;
    }
    for (int c = 0; c <= classes; c++) {
      next[c + 1] += next[c];
    }
    int[] sorted = new int[order.length];
    for (int row : order) {
      sorted[next[group(labels[row])]++] = row;
    }
    return sorted;
  }

  private static int group(int label) {
    return Math.max(-1, label) + 1;
  }

  /**
   * Takes the rows for training evenly from the rows sorted by class: row i if {@code round(f (i + 1)) > round(f i)}, so that the part as a whole and its
   * share of each class are right within one row.
   */
  static List<int[]> stratified(int[] order, double train) {
    int[] first = new int[order.length];
    int[] second = new int[order.length];
    int taken = 0;
    int left = 0;
    for (int i = 0; i < order.length; i++) {
      if (Math.round(train * (i + 1)) > Math.round(train * i)) {
        first[taken++] = order[i];
      } else {
        second[left++] = order[i];
      }
    }
    return List.of(Arrays.copyOf(first, taken), Arrays.copyOf(second, left));
  }

  /** Deals the rows to k parts in turn: all but those of one part, and that part. */
  static List<int[]> dealt(int[] order, int k, int part) {
    int size = (order.length - part + k - 1) / k;
    int[] test = new int[size];
    int[] train = new int[order.length - size];
    int left = 0;
    for (int i = 0; i < order.length; i++) {
      if (i % k == part) {
        test[i / k] = order[i];
      } else {
        train[left++] = order[i];
      }
    }
    return List.of(train, test);
  }
}
