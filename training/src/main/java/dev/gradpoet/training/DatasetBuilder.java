package dev.gradpoet.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** Collects the arrays of a {@link Dataset}: one for each input, in the order in which the network declares them, and one for the targets. */
public final class DatasetBuilder {

  private final int rows;
  private final List<String> names = new ArrayList<>();
  private final List<Values> inputs = new ArrayList<>();
  private Values target;

  private DatasetBuilder(int rows) {
    this.rows = rows;
  }

  /**
   * Starts a data set.
   *
   * @param rows the number of rows, at least 1
   * @throws IllegalArgumentException if it is below 1
   */
  public static DatasetBuilder of(int rows) {
    if (rows < 1) {
      throw new IllegalArgumentException(rows + " rows, expected at least 1");
    }
    return new DatasetBuilder(rows);
  }

  /**
   * Adds a dense input of {@code FLOAT32}.
   *
   * @param name of the input, for messages
   * @param values the rows, one after the other; the array is used, not copied
   * @param shape of a row
   * @return this
   * @throws IllegalArgumentException if the array does not hold one row of this shape for each row
   */
  public DatasetBuilder input(String name, float[] values, int... shape) {
    return input(name, new FloatValues(name, values, List.of(), shape));
  }

  /** Adds a dense input of {@code FLOAT64}. */
  public DatasetBuilder input(String name, double[] values, int... shape) {
    return input(name, new DoubleValues(name, values, List.of(), shape));
  }

  /**
   * Adds an input of indices, for an embedding.
   *
   * @param name of the input, for messages
   * @param values the rows, one after the other, each index from 0; the array is used, not copied
   * @param width the number of indices of a row, at least 1
   * @param classes the number of different indices
   * @return this
   * @throws IllegalArgumentException if the width is below 1, the array does not hold one row for each row, or an index is not from 0 to {@code classes - 1}
   */
  public DatasetBuilder indices(String name, int[] values, int width, int classes) {
    if (width < 1) {
      throw new IllegalArgumentException(
          name + " has " + width + " indices in a row, expected at least 1");
    }
    for (int i = 0; i < values.length; i++) {
      if (values[i] < 0 || values[i] >= classes) {
        throw new IllegalArgumentException(name + " holds the index " + values[i] + " in row "
            + i / width + ", expected 0 to " + (classes - 1));
      }
    }
    List<Vocabulary> vocabularies = Collections.nCopies(width, Vocabulary.numbered(classes));
    return input(name, new IndexValues(name, values, List.of(), vocabularies));
  }

  DatasetBuilder input(String name, Values values) {
    names.add(Objects.requireNonNull(name, "name"));
    inputs.add(counted(name, values));
    return this;
  }

  /**
   * Sets the classes as targets.
   *
   * @param classes the class of each row, from 0; negative for a class that the loss ignores
   * @return this
   * @throws IllegalArgumentException if there is not one for each row
   */
  public DatasetBuilder classes(int... classes) {
    return target(IndexValues.classes(classes));
  }

  /**
   * Sets the classes as targets, with their names.
   *
   * @param classes the class of each row, from 0; negative for a class that the loss ignores
   * @param names of the classes
   * @return this
   * @throws IllegalArgumentException if there is not one for each row, or a class has no name
   */
  public DatasetBuilder classes(int[] classes, Vocabulary names) {
    for (int r = 0; r < classes.length; r++) {
      if (classes[r] >= names.size()) {
        throw new IllegalArgumentException("the class of row " + r + " is " + classes[r]
            + ", expected 0 to " + (names.size() - 1) + ": there are " + names.size() + " names");
      }
    }
    return target(new IndexValues("the classes", classes, List.of(), List.of(names)));
  }

  /**
   * Sets dense targets of {@code FLOAT32}.
   *
   * @param values the rows, one after the other; the array is used, not copied
   * @param shape of a row
   * @return this
   * @throws IllegalArgumentException if the array does not hold one row of this shape for each row
   */
  public DatasetBuilder targets(float[] values, int... shape) {
    return target(new FloatValues("the targets", values, List.of(), shape));
  }

  /** Sets dense targets of {@code FLOAT64}. */
  public DatasetBuilder targets(double[] values, int... shape) {
    return target(new DoubleValues("the targets", values, List.of(), shape));
  }

  DatasetBuilder target(Values values) {
    if (target != null) {
      throw new IllegalArgumentException("the targets are set twice, expected once");
    }
    target = counted("the targets", values);
    return this;
  }

  private Values counted(String what, Values values) {
    if (values.rows() != rows) {
      throw new IllegalArgumentException(
          what + " has " + values.rows() + " rows, expected " + rows);
    }
    return values;
  }

  /**
   * The data set.
   *
   * @throws IllegalArgumentException if there is no input or no target
   */
  public Dataset build() {
    if (inputs.isEmpty() || target == null) {
      throw new IllegalArgumentException(
          (inputs.isEmpty() ? "there is no input" : "there is no target")
              + ", expected at least one input and one target");
    }
    return new Dataset(List.copyOf(names), List.copyOf(inputs), target, RowIndex.all(rows));
  }
}
