package dev.gradpoet.training;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Predictor;
import dev.gradpoet.runtime.Tensor;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What a network computed for the rows of a pass, with their targets: what a {@link Metric} is computed from.
 *
 * <p>In classification, the actual class of a row with dense targets is that of the largest target or, for one output, 1 if the target is at least 0.5.
 */
public final class Predictions {

  private final int size;
  private final int width;
  private final DType dtype;
  private final Supplier<double[]> widened;
  private final double[] targets;
  private final int[] labels;
  private final Supplier<int[]> classifier;
  private final Supplier<double[]> converter;
  private double[] outputs;
  private int[] classes;
  private double[] probabilities;

  private Predictions(
      int size,
      int width,
      DType dtype,
      Supplier<double[]> widened,
      double[] targets,
      int[] labels,
      Supplier<int[]> classifier,
      Supplier<double[]> converter) {
    this.size = size;
    this.width = width;
    this.dtype = dtype;
    this.widened = widened;
    this.targets = targets;
    this.labels = labels;
    this.classifier = classifier;
    this.converter = converter;
  }

  /**
   * What a network computes for the rows of a data set, in inference mode.
   *
   * @throws IllegalArgumentException if the data does not fit the network
   */
  public static Predictions of(Model network, Dataset data) {
    TargetForm.requireInputs(network.architecture(), "the data", data);
    try (Predictor predictor = network.predictor()) {
      int outputs = Values.size(network.architecture().outputShape());
      return of(predictor, ForwardPass.outputs(predictor, data, outputs), data.target());
    }
  }

  /**
   * Outputs of a network, with the targets of their rows.
   *
   * @param predictor of the network
   * @param output shape {@code [n, OUTPUTS]}
   * @param target classes of shape {@code [n]} in {@code INT64}, or dense values of the shape of the output
   * @throws IllegalArgumentException if the target does not go with the output
   */
  public static Predictions of(Predictor predictor, Tensor output, Tensor target) {
    int n = output.shape()[0];
    int width = n == 0 ? 1 : output.size() / n;
    boolean hasLabels = target.dtype() == DType.INT64;
    if (n == 0 || target.size() != (hasLabels ? n : output.size())) {
      throw new IllegalArgumentException(
          "the target has " + target.size() + " values for " + n + " rows of " + width
              + " outputs, expected a class or " + width + " values for each row");
    }
    return new Predictions(
        n,
        width,
        output.dtype(),
        output::toDoubleArray,
        hasLabels ? null : target.toDoubleArray(),
        hasLabels ? target.toIntArray() : null,
        () -> predictor.classesOf(output),
        () -> predictor.probabilitiesOf(output).toDoubleArray());
  }

  /** The same, with the targets of some rows of a data set. */
  static Predictions of(Predictor predictor, Tensor output, Dataset data, int... rows) {
    if (!data.hasClasses()) {
      return of(predictor, output, data.targetValues().tensor(RowIndex.of(rows)));
    }
    int[] labels = new int[rows.length];
    ((IndexValues) data.targetValues()).gather(rows, 0, rows.length, labels);
    return new Predictions(
        rows.length,
        output.size() / rows.length,
        output.dtype(),
        output::toDoubleArray,
        null,
        labels,
        () -> predictor.classesOf(output),
        () -> predictor.probabilitiesOf(output).toDoubleArray());
  }

  /** Given numbers, for tests: probabilities are the outputs. */
  static Predictions of(
      int width, DType dtype, double[] outputs, double[] targets, int[] labels, int... classes) {
    return new Predictions(
        outputs.length / width,
        width,
        dtype,
        () -> outputs,
        targets,
        labels,
        () -> classes,
        () -> outputs);
  }

  /** The number of rows. */
  public int size() {
    return size;
  }

  /** The number of outputs of a row. */
  public int width() {
    return width;
  }

  /** The type of the outputs, before they were widened. */
  public DType dtype() {
    return dtype;
  }

  /** The number of classes: a single output decides between two. */
  public int classCount() {
    return width == 1 ? 2 : width;
  }

  /** An output of a row. */
  public double output(int row, int column) {
    if (outputs == null) {
      outputs = widened.get();
    }
    return outputs[row * width + Objects.checkIndex(column, width)];
  }

  /** A target of a row: of classes, 1 for that of the row and 0 for the others or, for one output, the class itself. */
  public double target(int row, int column) {
    if (targets != null) {
      return targets[row * width + Objects.checkIndex(column, width)];
    }
    return width == 1 ? labels[row] : labels[row] == column ? 1 : 0;
  }

  /** The actual class of a row; negative if the loss ignores it. */
  public int label(int row) {
    if (labels != null) {
      return labels[row];
    }
    if (width == 1) {
      return targets[row] >= 0.5 ? 1 : 0;
    }
    int largest = 0;
    for (int c = 1; c < width; c++) {
      if (targets[row * width + c] > targets[row * width + largest]) {
        largest = c;
      }
    }
    return largest;
  }

  /**
   * The predicted class of a row, as defined by {@link Predictor#predictClass}.
   *
   * @throws UnsupportedOperationException if the network has no classes
   */
  public int predicted(int row) {
    if (classes == null) {
      classes = classifier.get();
    }
    return classes[row];
  }

  /** Takes the actual and the predicted class of a row. */
  interface ClassPair {
    void accept(int label, int predicted);
  }

  /** Passes on the classes of all rows but those that the loss ignores. */
  void forEachClass(ClassPair sink) {
    for (int r = 0; r < size; r++) {
      if (label(r) >= 0) {
        sink.accept(label(r), predicted(r));
      }
    }
  }

  /**
   * The probability of a class, as defined by {@link Predictor#probabilities}; with one output, that of class 1 and its complement.
   *
   * @throws UnsupportedOperationException if the outputs are not turned into probabilities for the declared loss
   */
  public double probability(int row, int label) {
    if (probabilities == null) {
      probabilities = converter.get();
    }
    if (width == 1) {
      return label == 1 ? probabilities[row] : 1 - probabilities[row];
    }
    return probabilities[row * width + label];
  }

  /** A number that is the larger the more likely the class is, for a ranking: the output itself if there is one, otherwise the probability. */
  double score(int row, int label) {
    if (width == 1) {
      return label == 1 ? output(row, 0) : -output(row, 0);
    }
    return probability(row, label);
  }
}
