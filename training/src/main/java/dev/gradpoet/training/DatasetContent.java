package dev.gradpoet.training;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** What a {@link Dataset} holds: the values of its rows, their types, shapes and names, and how often each class occurs. */
abstract class DatasetContent {

  private final List<String> inputNames;
  private final List<Values> inputs;
  private final Values target;
  private final RowIndex rows;

  DatasetContent(List<String> inputNames, List<Values> inputs, Values target, RowIndex rows) {
    this.inputNames = inputNames;
    this.inputs = inputs;
    this.target = target;
    this.rows = rows;
  }

  /** The number of rows. */
  public int size() {
    return rows.size();
  }

  /** The names of the inputs, in order, as an unmodifiable list. */
  public List<String> inputNames() {
    return inputNames;
  }

  /** The shape of a row of an input. */
  public int[] inputShape(int input) {
    return inputs.get(input).shape();
  }

  /** The type of an input: {@code INT64} for indices. */
  public DType inputType(int input) {
    return inputs.get(input).dtype();
  }

  /** A name for each value of a row of an input, as an unmodifiable list; empty if they have none. */
  public List<String> featureNames(int input) {
    return inputs.get(input).names();
  }

  /**
   * The names that the indices of an input stand for.
   *
   * @param column of the input
   * @throws IllegalArgumentException if the input is dense
   */
  public Vocabulary vocabulary(int input, int column) {
    if (inputs.get(input) instanceof IndexValues indices) {
      return indices.vocabulary(column);
    }
    throw new IllegalArgumentException("the input " + inputNames.get(input)
        + " is dense, expected one of indices: only those have a vocabulary");
  }

  /** Whether the target of a row is its class, rather than dense values. */
  public boolean hasClasses() {
    return target instanceof IndexValues;
  }

  /**
   * The names of the classes.
   *
   * @throws IllegalStateException if the targets are dense
   */
  public Vocabulary classes() {
    return classTarget().vocabulary(0);
  }

  final IndexValues classTarget() {
    if (target instanceof IndexValues classes) {
      return classes;
    }
    throw new IllegalStateException(
        "the targets are dense values, expected classes: read them with Csv.classes, or pass an int[]");
  }

  /**
   * The class of a row.
   *
   * @throws IndexOutOfBoundsException if there is no such row
   * @throws IllegalStateException if the targets are dense
   */
  public int label(int row) {
    return classTarget().index(rows.get(Objects.checkIndex(row, size())));
  }

  /** The class of each row. */
  final int[] labels() {
    int[] labels = new int[size()];
    classTarget().gather(rows.toArray(), 0, labels.length, labels);
    return labels;
  }

  /** The shape of a row of dense targets; empty for classes. */
  public int[] targetShape() {
    return hasClasses() ? new int[0] : target.shape();
  }

  /** The rows of an input, copied: shape {@code [n, shape...]}, {@code INT64} for indices. */
  public Tensor input(int input) {
    return inputs.get(input).tensor(rows);
  }

  /** The targets, copied: classes of shape {@code [n]} in {@code INT64}, or dense values of shape {@code [n, shape...]}. */
  public Tensor target() {
    Tensor values = target.tensor(rows);
    return hasClasses() ? Tensor.of(values.toLongArray()) : values;
  }

  /** One value of an input. */
  final double value(int input, int row, int column) {
    return inputs.get(input).get(rows.get(row), column);
  }

  /** One value of the targets. */
  final double target(int row, int column) {
    return target.get(rows.get(row), column);
  }

  /** The values of the inputs, for all views alike. */
  final List<Values> values() {
    return inputs;
  }

  /** The values of the targets, for all views alike. */
  final Values targetValues() {
    return target;
  }

  /** Which of these rows this view has. */
  final RowIndex rowIndex() {
    return rows;
  }

  /**
   * The weights with which all classes count alike, scikit-learn's {@code class_weight="balanced"}: {@code rows / (classes * rows of the class)}, 0 for a
   * class without rows. For {@link Training#classWeights}, or the {@code classWeights} of {@code @LossOptions}.
   *
   * @throws IllegalStateException if the targets are dense
   */
  public double[] classWeights() {
    int[] counts = classCounts();
    int sum = Arrays.stream(counts).sum();
    double[] weights = new double[counts.length];
    for (int c = 0; c < counts.length; c++) {
      weights[c] = counts[c] == 0 ? 0 : sum / ((double) counts.length * counts[c]);
    }
    return weights;
  }

  /**
   * The number of rows of each class; ignored rows are not counted.
   *
   * @throws IllegalStateException if the targets are dense
   */
  public int[] classCounts() {
    int[] counts = new int[classes().size()];
    for (int r = 0; r < size(); r++) {
      int label = label(r);
      if (label >= 0) {
        counts[label]++;
      }
    }
    return counts;
  }

  /** A hash of all values in order, by which a checkpoint recognizes its data. */
  final long fingerprint() {
    long hash = size();
    for (int r = 0; r < size(); r++) {
      int row = rows.get(r);
      for (Values input : inputs) {
        hash = input.hash(hash, row);
      }
      hash = target.hash(hash, row);
    }
    return hash;
  }

  /** The number of rows, the inputs and the target, in words. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(size() + (size() == 1 ? " row" : " rows"));
    for (int i = 0; i < inputs.size(); i++) {
      text.append(i == 0 ? " of " : " and ")
          .append(inputNames.get(i))
          .append(' ')
          .append(Arrays.toString(inputs.get(i).shape()));
    }
    return text + ", "
        + (hasClasses()
            ? classes().size() + " classes"
            : "targets " + Arrays.toString(target.shape()));
  }
}
