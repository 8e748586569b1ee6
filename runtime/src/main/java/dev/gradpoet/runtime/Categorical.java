package dev.gradpoet.runtime;

import dev.gradpoet.DType;
import dev.gradpoet.Reduction;
import dev.gradpoet.runtime.memory.Heap;
import java.util.Arrays;
import java.util.Objects;

/** The losses of classification: {@code crossEntropy} and {@code nllLoss}. */
final class Categorical {

  private final Tensor input;
  private final int ignoreIndex;
  private final Reduction reduction;
  private final int rows;
  private final int classes;
  private final double[] weights;

  Categorical(String name, Tensor input, Tensor weight, int ignoreIndex, Reduction reduction) {
    Arguments.requireFloating(name, input);
    int[] shape = input.shape();
    if (shape.length < 1 || shape.length > 2 || shape[shape.length - 1] == 0) {
      throw new IllegalArgumentException("input has shape " + Arrays.toString(shape)
          + ", expected shape [n, C] or [C], C at least 1: one row for each sample");
    }
    if (Objects.requireNonNull(reduction, "reduction") == Reduction.BATCH_MEAN) {
      throw new IllegalArgumentException(
          "BATCH_MEAN is a reduction of klDiv alone, expected MEAN, SUM or NONE for " + name);
    }
    this.input = input;
    this.ignoreIndex = ignoreIndex;
    this.reduction = reduction;
    this.classes = shape[shape.length - 1];
    this.rows = shape.length == 1 ? 1 : shape[0];
    this.weights = new double[Heap.array("a weight for each class", classes, Double.BYTES)];
    if (weight == null) {
      Arrays.fill(weights, 1);
    } else {
      Arguments.requireShape("weight", weight, new int[] {classes});
      Arguments.requireDtype("weight", input, weight);
      System.arraycopy(weight.toDoubleArray(), 0, weights, 0, classes);
    }
  }

  Tensor crossEntropy(Tensor target, double labelSmoothing) {
    if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
      throw new IllegalArgumentException(
          "labelSmoothing is " + labelSmoothing + ", expected a number from 0 to 1");
    }
    double[] logProbabilities =
        Lines.map("logSoftmax", input.to(DType.FLOAT64), -1, Lines::logSoftmax).toDoubleArray();
    double[] losses = new double[rows];
    if (Objects.requireNonNull(target, "target").dtype() != DType.INT64) {
      requireProbabilities(target);
      if (ignoreIndex >= 0) {
        throw new IllegalArgumentException(
            "ignoreIndex is " + ignoreIndex
                + " with probability targets, expected a negative number: a class can be ignored only with class indices");
      }
      double[] probabilities = target.toDoubleArray();
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < classes; c++) {
          double t = smoothed(probabilities[r * classes + c], labelSmoothing);
          losses[r] -= weights[c] * t * logProbabilities[r * classes + c];
        }
      }
      return reduced(losses, rows);
    }
    long[] labels = labels(target);
    double count = 0;
    for (int r = 0; r < rows; r++) {
      if (labels[r] == ignoreIndex) {
        continue;
      }
      int label = Arguments.requireClass("target", labels[r], r, classes);
      if (labelSmoothing == 0) {
        // the other classes are not read, even if their values are NaN or infinite
        losses[r] = -weights[label] * logProbabilities[r * classes + label];
      } else {
        for (int c = 0; c < classes; c++) {
          double t = smoothed(c == label ? 1 : 0, labelSmoothing);
          losses[r] -= weights[c] * t * logProbabilities[r * classes + c];
        }
      }
      count += weights[label];
    }
    return reduced(losses, count);
  }

  /** Requires probability targets. For class indices in floating point, the message explains how to convert them. */
  private void requireProbabilities(Tensor target) {
    int[] shape = input.shape();
    if (Arrays.equals(target.shape(), Arrays.copyOf(shape, shape.length - 1))) {
      throw new IllegalArgumentException("target is " + target.dtype() + " of shape "
          + Arrays.toString(target.shape()) + ", expected INT64 class indices of this shape, or "
          + input.dtype() + " of shape " + Arrays.toString(shape)
          + ": convert class indices with to(INT64)");
    }
    Arguments.requireLike("target", input, target);
  }

  /** The product, but 0 for a class with weight 0, even if the value is NaN or infinite. */
  private static double term(double weight, double logProbability) {
    return weight == 0 ? 0 : -weight * logProbability;
  }

  private double smoothed(double target, double labelSmoothing) {
    return (1 - labelSmoothing) * target + labelSmoothing / classes;
  }

  Tensor nll(Tensor target) {
    double[] values = input.toDoubleArray();
    long[] labels = labels(target);
    double[] losses = new double[rows];
    double count = 0;
    for (int r = 0; r < rows; r++) {
      if (labels[r] == ignoreIndex) {
        continue;
      }
      int label = Arguments.requireClass("target", labels[r], r, classes);
      losses[r] = -weights[label] * values[r * classes + label];
      count += weights[label];
    }
    return reduced(losses, count);
  }

  private long[] labels(Tensor target) {
    if (Objects.requireNonNull(target, "target").dtype() != DType.INT64) {
      throw new IllegalArgumentException("target is " + target.dtype()
          + ", expected INT64 class indices: convert them with to(INT64)");
    }
    int[] shape = input.shape();
    Arguments.requireShape("target", target, Arrays.copyOf(shape, shape.length - 1));
    return target.toLongArray();
  }

  private Tensor reduced(double[] losses, double count) {
    double sum = Pairs.sum(losses);
    int[] shape = input.shape();
    Tensor result = Tensor.zeros(
        input.dtype(),
        reduction == Reduction.NONE ? Arrays.copyOf(shape, shape.length - 1) : new int[0]);
    switch (reduction) {
      case NONE -> result.copyFrom(losses);
      case SUM -> result.set(sum);
      case MEAN, BATCH_MEAN -> result.set(sum / count);
    }
    return result;
  }
}
