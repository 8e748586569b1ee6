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

  /** Checks that a split before a row leaves no part empty. */
  static void requireParts(int rows, int row) {
    requireTwo(rows);
    if (row < 1 || row >= rows) {
      throw new IllegalArgumentException("a split of " + rows + " rows at row " + row
          + ", expected 1 to " + (rows - 1) + ": each part needs a row");
    }
  }

  /** Checks that a fraction of the rows leaves no part empty. */
  static void requireParts(int rows, double train, int ofTrain) {
    requireTwo(rows);
    if (ofTrain < 1 || ofTrain >= rows) {
      throw new IllegalArgumentException("the fraction " + train + " of " + rows + " rows is "
          + ofTrain + " for training and " + (rows - ofTrain)
          + " for the test, expected at least 1 each: change the fraction or add rows");
    }
  }

  private static void requireTwo(int rows) {
    if (rows == 1) {
      throw new IllegalArgumentException(
          "a data set of 1 row cannot be split, expected at least 2");
    }
  }

  /** Checks a number of folds. */
  static void requireFolds(int rows, int k) {
    if (k < 2 || k > rows) {
      throw new IllegalArgumentException(k + " folds of " + rows + " rows, expected 2 to " + rows);
    }
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
   * Takes the rows for training evenly from rows that are sorted by class: row i if {@code round(f (i + 1)) > round(f i)}, so that the part as a whole and its
   * share of each class are right within one row.
   */
  static List<int[]> stratified(int rows, double train) {
    int[] first = new int[rows];
    int[] second = new int[rows];
    int taken = 0;
    int left = 0;
    for (int i = 0; i < rows; i++) {
      if (Math.round(train * (i + 1)) > Math.round(train * i)) {
        first[taken++] = i;
      } else {
        second[left++] = i;
      }
    }
    return List.of(Arrays.copyOf(first, taken), Arrays.copyOf(second, left));
  }

  /** Deals the rows to k parts in turn: all but those of one part, and that part. */
  static List<int[]> dealt(int rows, int k, int part) {
    int size = (rows - part + k - 1) / k;
    int[] test = new int[size];
    int[] train = new int[rows - size];
    int left = 0;
    for (int i = 0; i < rows; i++) {
      if (i % k == part) {
        test[i / k] = i;
      } else {
        train[left++] = i;
      }
    }
    return List.of(train, test);
  }
}
