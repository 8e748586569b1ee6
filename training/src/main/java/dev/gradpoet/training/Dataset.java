package dev.gradpoet.training;

import dev.gradpoet.runtime.Generator;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

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
  public record Split(Dataset train, Dataset test) {

    private Split shuffled(Generator g) {
      return new Split(train.shuffled(g), test.shuffled(g));
    }
  }

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
    Splits.requireParts(size(), row);
    return new Split(rows(0, row), rows(row, size()));
  }

  /**
   * Splits the rows at random: {@code shuffled(g).splitAt(Math.round(train * size()))}.
   *
   * @param train the fraction of the rows for training, such as 0.8
   * @throws IllegalArgumentException if it is not between 0 and 1, or a part would be empty
   */
  public Split split(double train, Generator g) {
    int row = (int) Math.round(Splits.fraction(train) * size());
    Splits.requireParts(size(), train, row);
    return shuffled(g).splitAt(row);
  }

  /**
   * Splits the rows at random so that each part has the same share of each class, within one row.
   *
   * @param train the fraction of the rows for training, such as 0.8
   * @throws IllegalArgumentException if it is not between 0 and 1, or a part would be empty
   * @throws IllegalStateException if the targets are dense
   */
  public Split stratifiedSplit(double train, Generator g) {
    List<int[]> parts = Splits.stratified(size(), Splits.fraction(train));
    Splits.requireParts(size(), train, parts.get(0).length);
    Dataset sorted = select(Splits.byClass(labels(), classes().size(), g));
    return sorted.parts(parts).shuffled(g);
  }

  private Split parts(List<int[]> positions) {
    return new Split(select(positions.get(0)), select(positions.get(1)));
  }

  /**
   * Cuts the shuffled rows into k parts of equal size, within one row: each is the test part of one split.
   *
   * @param k the number of folds, from 2 to {@code size()}
   * @throws IllegalArgumentException if k is out of its range
   */
  public List<Split> folds(int k, Generator g) {
    Splits.requireFolds(size(), k);
    return shuffled(g).dealt(k);
  }

  /**
   * {@link #folds} in which each part also has the same number of rows of each class, within one row, in random order.
   *
   * @param k the number of folds, from 2 to {@code size()}
   * @throws IllegalArgumentException if k is out of its range
   * @throws IllegalStateException if the targets are dense
   */
  public List<Split> stratifiedFolds(int k, Generator g) {
    Splits.requireFolds(size(), k);
    Dataset sorted = select(Splits.byClass(labels(), classes().size(), g));
    return sorted.dealt(k).stream().map(fold -> fold.shuffled(g)).toList();
  }

  /** Folds of the rows in their order. */
  private List<Split> dealt(int k) {
    return IntStream.range(0, k)
        .mapToObj(fold -> parts(Splits.dealt(size(), k, fold)))
        .toList();
  }
}
