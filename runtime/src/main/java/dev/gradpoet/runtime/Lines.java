package dev.gradpoet.runtime;

import dev.gradpoet.DType;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Applies functions to the lines of a tensor along a dimension. */
final class Lines {

  /** How the values of a tensor lie along a dimension. */
  private record Along(int dimension, int length, int step) {

    static Along of(int[] shape, int dim) {
      int rank = Math.max(1, shape.length); // PyTorch treats a scalar as a line of one value.
      if (dim < -rank || dim >= rank) {
        throw new IndexOutOfBoundsException("dim is " + dim + ", expected " + -rank + " to "
            + (rank - 1) + " for shape " + Arrays.toString(shape));
      }
      int dimension = dim < 0 ? dim + rank : dim;
      int step = 1;
      for (int d = dimension + 1; d < shape.length; d++) {
        step *= shape[d];
      }
      return new Along(dimension, shape.length == 0 ? 1 : shape[dimension], step);
    }

    /** Whether a line begins at an index. */
    boolean begins(int place) {
      return place / step % length == 0;
    }

    double[] line(double[] values, int start) {
      double[] line = new double[length];
      for (int i = 0; i < length; i++) {
        line[i] = values[start + i * step];
      }
      return line;
    }
  }

  private Lines() {}

  /** Applies a function to each line of values along a dimension. */
  static Tensor map(String name, Tensor input, int dim, UnaryOperator<double[]> function) {
    Arguments.requireFloating(name, input);
    Along along = Along.of(input.shape(), dim);
    double[] values = input.toDoubleArray();
    for (int start = 0; start < values.length; start++) {
      if (along.begins(start)) {
        double[] mapped = function.apply(along.line(values, start));
        for (int i = 0; i < along.length(); i++) {
          values[start + i * along.step()] = mapped[i];
        }
      }
    }
    Tensor result = Tensor.zeros(input.dtype(), input.shape());
    result.copyFrom(values);
    return result;
  }

  static Tensor argmax(Tensor input, int dim) {
    int[] shape = Objects.requireNonNull(input, "input").shape();
    Along along = Along.of(shape, dim);
    if (along.length() == 0) {
      throw new IllegalArgumentException("input has shape " + Arrays.toString(shape)
          + ", expected at least one value along dim " + dim);
    }
    int[] rest = new int[Math.max(0, shape.length - 1)];
    for (int d = 0; d < rest.length; d++) {
      rest[d] = shape[d < along.dimension() ? d : d + 1];
    }
    double[] values = input.toDoubleArray();
    Tensor result = Tensor.zeros(DType.INT64, rest);
    long[] places = new long[result.size()];
    int next = 0;
    for (int start = 0; start < values.length; start++) {
      if (along.begins(start)) {
        places[next++] = largest(along.line(values, start));
      }
    }
    result.copyFrom(places);
    return result;
  }

  private static int largest(double[] line) {
    int best = 0;
    for (int i = 1; i < line.length; i++) {
      if (line[i] > line[best] || Double.isNaN(line[i]) && !Double.isNaN(line[best])) {
        best = i;
      }
    }
    return best;
  }

  static double[] softmax(double[] line) {
    double max = max(line);
    double sum = sumOfExponentials(line, max);
    return Arrays.stream(line).map(x -> StrictMath.exp(x - max) / sum).toArray();
  }

  static double[] logSoftmax(double[] line) {
    double max = max(line);
    double logSum = StrictMath.log(sumOfExponentials(line, max));
    return Arrays.stream(line).map(x -> x - max - logSum).toArray();
  }

  /** Subtracting the maximum first keeps the exponentials within range. */
  private static double sumOfExponentials(double[] line, double max) {
    double sum = 0;
    for (double x : line) {
      sum += StrictMath.exp(x - max);
    }
    return sum;
  }

  private static double max(double[] line) {
    return Arrays.stream(line).max().orElse(Double.NEGATIVE_INFINITY);
  }
}
