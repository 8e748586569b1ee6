package dev.gradpoet.runtime.support.training;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.support.Check;
import dev.gradpoet.runtime.support.SampleShape;
import java.util.Arrays;
import java.util.Objects;

/** The checks of targets: their number, and whether each is a class index or a probability. */
final class TargetCheck {

  private TargetCheck() {}

  /**
   * Checks that a flat array holds exactly {@code n} dense targets, for a loss that also accepts class indices. If these were passed as floating
   * point, the error says how to pass them.
   *
   * @throws IllegalArgumentException if it does not
   */
  static void exactDense(int n, int length, int width) {
    if (length == n && width != 1) {
      throw indices("y has " + n + " values", n, n + " rows of " + width);
    }
    Check.exactRows("y", n, length, width);
  }

  /**
   * Checks that a flat array holds at least {@code n} dense targets, like {@link #exactDense(int, int, int)}.
   *
   * @throws IllegalArgumentException if {@code n} is below 1 or the array is shorter
   */
  static void atLeastDense(int n, int length, int width) {
    if (n >= 1 && length == n && width != 1) {
      throw indices("y has " + n + " values", n, n + " rows of " + width);
    }
    Check.atLeastRows("y", n, length, width);
  }

  /**
   * Checks that a tensor holds exactly {@code n} dense targets, like {@link #exactDense(int, int, int)}.
   *
   * @throws IllegalArgumentException if the tensor has another dtype or shape
   */
  static void exactDense(Tensor y, DType dtype, int n, SampleShape output) {
    int width = output.size();
    int[] shape = Objects.requireNonNull(y, "y").shape();
    boolean column = shape.length == 2 && shape[1] == 1 && width != 1;
    if ((shape.length == 1 || column) && shape[0] == n) {
      String found = "y is " + y.dtype() + " of shape " + Arrays.toString(shape);
      throw indices(found, n, dtype + " of shape [" + n + ", " + width + "]");
    }
    output.exactBatch("y", y, dtype, n);
  }

  private static IllegalArgumentException indices(String found, int n, String expected) {
    return new IllegalArgumentException(found + ", expected " + expected
        + "; pass class indices as int[" + n + "], or as INT64 of shape [" + n
        + "]: convert tensors with to(INT64)");
  }

  /**
   * Checks the first {@code n} class indices.
   *
   * @param classes the number of classes
   * @param ignored the class index of rows that are ignored
   * @throws IllegalArgumentException if {@code y} is shorter, or one is not in {@code 0..classes-1} and not {@code ignored}
   */
  static void labels(int[] y, int n, int classes, int ignored) {
    Check.atLeastRows("y", n, Objects.requireNonNull(y, "y").length, 1);
    for (int r = 0; r < n; r++) {
      if ((y[r] < 0 || y[r] >= classes) && y[r] != ignored) {
        throw noClass(r, y[r], classes, ignored);
      }
    }
  }

  private static IllegalArgumentException noClass(int row, long value, int classes, int ignored) {
    boolean beside = ignored < 0 || ignored >= classes;
    return new IllegalArgumentException("y[" + row + "] is " + value
        + ", expected a class index in 0.." + (classes - 1)
        + (beside ? ", or " + ignored + " to ignore the row" : "") + ": the network has "
        + classes + (classes == 1 ? " output" : " outputs"));
  }

  /**
   * Checks the weights of classes.
   *
   * @param classes the number of classes
   * @param largest the largest number of the dtype
   * @throws IllegalArgumentException if there is not one for each class, or one is negative or above the largest number
   */
  static void classWeights(double[] weights, int classes, double largest) {
    int length = Objects.requireNonNull(weights, "weights").length;
    if (length != classes) {
      throw new IllegalArgumentException(length + (length == 1 ? " class weight" : " class weights")
          + ", expected " + classes + ", one for each output");
    }
    atLeastZero("the weight of class %s", weights, largest);
  }

  /**
   * Checks weights of positive targets.
   *
   * @param largest the largest number of the dtype
   * @throws IllegalArgumentException if there is neither one nor one for each output, or one is negative or above the largest number
   */
  static void posWeights(double[] weights, int outputs, double largest) {
    int length = Objects.requireNonNull(weights, "weights").length;
    if (length != 1 && length != outputs) {
      throw new IllegalArgumentException(length
          + (length == 1 ? " weight" : " weights") + " of positive targets, expected 1"
          + (outputs == 1 ? "" : " or " + outputs + ", one for each output"));
    }
    atLeastZero(
        length == 1
            ? "the weight of positive targets"
            : "the weight of positive targets of output %s",
        weights,
        largest);
  }

  private static void atLeastZero(String what, double[] weights, double largest) {
    for (int c = 0; c < weights.length; c++) {
      if (!(weights[c] >= 0 && weights[c] <= largest)) {
        throw new IllegalArgumentException(what.formatted(c) + " is " + weights[c]
            + ", expected a finite number of at least 0"
            + (Double.isFinite(weights[c]) && weights[c] > 0
                ? " within the range of FLOAT32"
                : ""));
      }
    }
  }

  /**
   * Checks that dense targets are probabilities, as {@code Loss.BCE} requires.
   *
   * @param length the number of values
   * @param width the number of values in a row
   * @throws IllegalArgumentException if one is not within 0 and 1
   */
  static void probabilities(float[] y, int length, int width) {
    for (int i = 0; i < length; i++) {
      if (!(y[i] >= 0 && y[i] <= 1)) {
        throw noTarget(String.valueOf(y[i]), i / width, i % width);
      }
    }
  }

  /** The same for {@code double}. */
  static void probabilities(double[] y, int length, int width) {
    for (int i = 0; i < length; i++) {
      if (!(y[i] >= 0 && y[i] <= 1)) {
        throw noTarget(String.valueOf(y[i]), i / width, i % width);
      }
    }
  }

  private static IllegalArgumentException noTarget(String value, int row, int column) {
    return new IllegalArgumentException("the target at row " + row + ", column " + column + " is "
        + value
        + ", expected a value in [0, 1] for Loss.BCE: pass 0 and 1, or probabilities between them");
  }

  /**
   * Rejects dense targets for a loss with an ignored class, which has no meaning for them.
   *
   * @param ignored the class
   * @throws IllegalArgumentException always
   */
  static void noDenseTargets(int ignored) {
    throw new IllegalArgumentException(
        "y holds probabilities, expected class indices because the network was declared with ignoreIndex = "
            + ignored + ": pass int[] or INT64, or declare the loss without ignoreIndex");
  }

  /**
   * The class indices in a tensor of shape {@code [n]}.
   *
   * @param classes the number of classes
   * @param ignored the class index of rows that are ignored
   * @throws IllegalArgumentException if the tensor has another dtype or shape, or a value is not in {@code 0..classes-1} and not {@code
   *     ignored}
   */
  static int[] classIndices(Tensor y, int n, int classes, int ignored) {
    int[] shape = Objects.requireNonNull(y, "y").shape();
    if (y.dtype() != DType.INT64 || shape.length != 1 || shape[0] != n) {
      boolean converted = y.dtype() != DType.INT64 && shape.length == 1 && shape[0] == n;
      throw Check.wrongTensor(
          "y", y, "INT64 of shape [" + n + "]" + (converted ? ": convert it with to(INT64)" : ""));
    }
    long[] values = y.toLongArray();
    int[] labels = new int[n];
    for (int r = 0; r < n; r++) {
      if ((values[r] < 0 || values[r] >= classes) && values[r] != ignored) {
        throw noClass(r, values[r], classes, ignored);
      }
      labels[r] = (int) values[r];
    }
    return labels;
  }
}
