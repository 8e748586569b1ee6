package dev.gradpoet.training;

import dev.gradpoet.runtime.Generator;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Rows of inputs, each with its target: one array for each input of a network, and one for the targets, which are classes or dense values. Made of arrays
 * by {@code of} or, with several inputs, by {@code DatasetBuilder}, and read from files by {@code Csv} and {@code Idx}.
 *
 * <p>A data set never changes. Splits, folds, shuffled data sets and batches are views: they share the arrays and hold only the numbers of their rows.
 * The arrays that it is made of are used, not copied; do not change them.
 */
public final class Dataset extends DatasetContent {

  /**
   * Two parts of a data set.
   *
   * @param train the rows for training
   * @param test the other rows, for validation or test
   */
  public record Split(Dataset train, Dataset test) {}

  Dataset(List<String> inputNames, List<Values> inputs, Values target, RowIndex rows) {
    super(inputNames, inputs, target, rows);
  }

  /**
   * Rows of one input, each with its class.
   *
   * @param x the rows, one after the other
   * @param classes the class of each row, from 0; negative for a class that the loss ignores
   * @throws IllegalArgumentException if there is no row, or {@code x} is not a whole number of values for each class
   */
  public static Dataset of(float[] x, int[] classes) {
    int width = width("x", x.length, Objects.requireNonNull(classes, "classes").length);
    return of(new FloatValues("x", x, List.of(), width), IndexValues.classes(classes));
  }

  /** The same for a network of {@code FLOAT64}. */
  public static Dataset of(double[] x, int[] classes) {
    int width = width("x", x.length, Objects.requireNonNull(classes, "classes").length);
    return of(new DoubleValues("x", x, List.of(), width), IndexValues.classes(classes));
  }

  /**
   * Rows of one input, each with a row of targets.
   *
   * @param x the rows, one after the other
   * @param y the rows of targets, one after the other
   * @param rows the number of rows
   * @throws IllegalArgumentException if there is no row, or an array is not a whole number of values for each
   */
  public static Dataset of(float[] x, float[] y, int rows) {
    return of(
        new FloatValues("x", x, List.of(), width("x", x.length, rows)),
        new FloatValues("y", y, List.of(), width("y", y.length, rows)));
  }

  /** The same for a network of {@code FLOAT64}. */
  public static Dataset of(double[] x, double[] y, int rows) {
    return of(
        new DoubleValues("x", x, List.of(), width("x", x.length, rows)),
        new DoubleValues("y", y, List.of(), width("y", y.length, rows)));
  }

  private static Dataset of(Values input, Values target) {
    return new Dataset(List.of("input"), List.of(input), target, RowIndex.all(input.rows()));
  }

  private static int width(String what, int length, int rows) {
    if (rows < 1 || length == 0 || length % rows != 0) {
      throw new IllegalArgumentException(what + " holds " + length + " values for " + rows
          + " rows, expected at least one row, and the same number of values for each");
    }
    return length / rows;
  }

  /**
   * The same data with other names for the classes.
   *
   * @throws IllegalArgumentException if there is not one name for each class
   * @throws IllegalStateException if the targets are dense
   */
  public Dataset classNames(String... names) {
    Vocabulary vocabulary = Vocabulary.of(names);
    if (vocabulary.size() != classes().size()) {
      throw new IllegalArgumentException(vocabulary.size() + " names " + vocabulary + ", expected "
          + classes().size() + ": one for each class");
    }
    return new Dataset(inputNames(), values(), classTarget().named(vocabulary), rowIndex());
  }

  /**
   * The rows {@code from} to {@code to - 1}: a view.
   *
   * @throws IndexOutOfBoundsException if they are not rows of this data set
   */
  public Dataset rows(int from, int to) {
    return with(rowIndex().range(from, to));
  }

  /**
   * These rows in this order: a view.
   *
   * @param positions of rows, each from 0 to {@code size() - 1}
   * @throws IndexOutOfBoundsException if one is not a row of this data set
   */
  public Dataset select(int... positions) {
    return with(rowIndex().select(positions));
  }

  private Dataset with(RowIndex selected) {
    return new Dataset(inputNames(), values(), targetValues(), selected);
  }

  /** The rows in the order {@code g.randperm(size())}, that of {@code torch.randperm}: a view. */
  public Dataset shuffled(Generator g) {
    return select(g.randperm(size()).toIntArray());
  }

  /**
   * Consecutive batches of rows: views.
   *
   * @param size the number of rows of a batch, at least 1; the last may have fewer
   * @throws IllegalArgumentException if it is below 1
   */
  public List<Dataset> batches(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("batches of " + size + " rows, expected at least 1");
    }
    List<Dataset> batches = new ArrayList<>();
    for (int from = 0; from < size(); from += size) {
      batches.add(rows(from, Math.min(size(), from + size)));
    }
    return batches;
  }

  /**
   * Splits the rows in their order.
   *
   * @param row the first row of the second part, from 1 to {@code size() - 1}
   * @return the first part for training, the second for the test: views
   * @throws IllegalArgumentException if a part would be empty
   */
  public Split splitAt(int row) {
    if (row < 1 || row >= size()) {
      throw new IllegalArgumentException("a split of " + size() + " rows at row " + row
          + ", expected 1 to " + (size() - 1) + ": each part needs a row");
    }
    return new Split(rows(0, row), rows(row, size()));
  }

  /**
   * Splits the rows at random: {@code shuffled(g).splitAt(Math.round(train * size()))}.
   *
   * @param train the fraction of the rows for training, such as 0.8
   * @throws IllegalArgumentException if it is not between 0 and 1, or a part would be empty
   */
  public Split split(double train, Generator g) {
    return shuffled(g).splitAt((int) Math.round(Splits.fraction(train) * size()));
  }

  /**
   * Splits the rows at random so that each part has the same share of each class, within one row.
   *
   * @param train the fraction of the rows for training, such as 0.8
   * @throws IllegalArgumentException if it is not between 0 and 1, or a part would be empty
   * @throws IllegalStateException if the targets are dense
   */
  public Split stratifiedSplit(double train, Generator g) {
    int[] order = Splits.byClass(labels(), classes().size(), g);
    return shuffled(g, Splits.stratified(order, Splits.fraction(train)));
  }

  private Split shuffled(Generator g, List<int[]> parts) {
    if (parts.get(0).length == 0 || parts.get(1).length == 0) {
      throw new IllegalArgumentException("a split of " + size() + " rows into "
          + parts.get(0).length + " and " + parts.get(1).length + ": each part needs a row");
    }
    return new Split(select(parts.get(0)).shuffled(g), select(parts.get(1)).shuffled(g));
  }

  /**
   * Cuts the shuffled rows into k parts of equal size, within one row: each is the test part of one split.
   *
   * @param k the number of folds, from 2 to {@code size()}
   * @throws IllegalArgumentException if k is out of its range
   */
  public List<Split> folds(int k, Generator g) {
    return folds(k, g.randperm(size()).toIntArray());
  }

  /**
   * {@link #folds} in which each part also has the same number of rows of each class, within one row.
   *
   * @throws IllegalStateException if the targets are dense
   */
  public List<Split> stratifiedFolds(int k, Generator g) {
    return folds(k, Splits.byClass(labels(), classes().size(), g));
  }

  private List<Split> folds(int k, int[] order) {
    if (k < 2 || k > size()) {
      throw new IllegalArgumentException(
          k + " folds of " + size() + " rows, expected 2 to " + size());
    }
    List<Split> folds = new ArrayList<>();
    for (int fold = 0; fold < k; fold++) {
      List<int[]> parts = Splits.dealt(order, k, fold);
      folds.add(new Split(select(parts.get(0)), select(parts.get(1))));
    }
    return folds;
  }
}
