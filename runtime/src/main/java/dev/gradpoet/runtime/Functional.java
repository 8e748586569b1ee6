package dev.gradpoet.runtime;

import dev.gradpoet.DType;
import dev.gradpoet.Reduction;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * The functions of {@code torch.nn.functional} that networks are declared with, one formula each:
 * the readable reference beside the generated code, which computes the same faster.
 *
 * <p>Everything is computed in double and rounded once to the dtype of the result. Results are new
 * tensors. A loss is a scalar, shape {@code []}, of its input's dtype; the forms without a {@link
 * Reduction} take the mean.
 */
public final class Functional {

  private Functional() {}

  /** {@code max(x, 0)}, in the dtype of the input. NaN stays NaN. */
  public static Tensor relu(Tensor input) {
    return map(input, input.dtype(), x -> x < 0 ? 0 : x);
  }

  /** {@code 1 / (1 + e^-x)}. {@code INT64} becomes {@code FLOAT32}. */
  public static Tensor sigmoid(Tensor input) {
    return map(input, promoted(input), x -> 1 / (1 + StrictMath.exp(-x)));
  }

  /** {@code tanh x}. {@code INT64} becomes {@code FLOAT32}. */
  public static Tensor tanh(Tensor input) {
    return map(input, promoted(input), StrictMath::tanh);
  }

  /**
   * {@code e^x_i / sum_j e^x_j} along a dimension.
   *
   * @param dim the dimension, a negative one counted from the last: with -1 rows sum to 1
   * @throws IndexOutOfBoundsException if the input has no such dimension
   * @throws IllegalArgumentException if the input is {@code INT64}
   */
  public static Tensor softmax(Tensor input, int dim) {
    return alongLines("softmax", input, dim, line -> {
      double max = max(line);
      double sum = sumOfExponentials(line, max);
      return Arrays.stream(line).map(x -> StrictMath.exp(x - max) / sum).toArray();
    });
  }

  /**
   * {@code log(softmax(x))} along a dimension, as {@code x_i - log sum_j e^x_j}.
   *
   * @param dim the dimension, a negative one counted from the last
   * @throws IndexOutOfBoundsException if the input has no such dimension
   * @throws IllegalArgumentException if the input is {@code INT64}
   */
  public static Tensor logSoftmax(Tensor input, int dim) {
    return alongLines("logSoftmax", input, dim, Functional::logSoftmax);
  }

  /**
   * A row of zeros with a 1 at the class, for each class index.
   *
   * @param classes class indices, {@code INT64}, of any shape
   * @param numClasses the length of a row, at least 1
   * @return {@code INT64}, the shape of {@code classes} and then {@code numClasses}
   * @throws IllegalArgumentException if an index is not in {@code 0..numClasses-1}, or {@code
   *     classes} is not {@code INT64}
   */
  public static Tensor oneHot(Tensor classes, int numClasses) {
    if (classes.dtype() != DType.INT64) {
      throw new IllegalArgumentException("classes is " + classes.dtype()
          + ", expected INT64 class indices: convert them with to(INT64)");
    }
    if (numClasses < 1) {
      throw new IllegalArgumentException(
          "numClasses is " + numClasses + ", expected at least 1: pass the number of classes");
    }
    int[] shape = Arrays.copyOf(classes.shape(), classes.shape().length + 1);
    shape[shape.length - 1] = numClasses;
    Tensor result = Tensor.zeros(DType.INT64, shape);
    long[] labels = classes.toLongArray();
    long[] ones = result.toLongArray();
    for (int i = 0; i < labels.length; i++) {
      ones[i * numClasses + label("classes", labels[i], i, numClasses)] = 1;
    }
    result.copyFrom(ones);
    return result;
  }

  /** {@link #mseLoss(Tensor, Tensor, Reduction)}, the mean over all values. */
  public static Tensor mseLoss(Tensor input, Tensor target) {
    return mseLoss(input, target, Reduction.MEAN);
  }

  /**
   * {@code (x - t)^2}.
   *
   * @param target of the input's shape and dtype
   * @throws IllegalArgumentException if it is not, or the dtype is {@code INT64}
   */
  public static Tensor mseLoss(Tensor input, Tensor target, Reduction reduction) {
    return pairwise("mseLoss", input, target, reduction, (x, t) -> (x - t) * (x - t));
  }

  /** {@link #binaryCrossEntropy(Tensor, Tensor, Reduction)}, the mean over all values. */
  public static Tensor binaryCrossEntropy(Tensor input, Tensor target) {
    return binaryCrossEntropy(input, target, Reduction.MEAN);
  }

  /**
   * {@code -(t log p + (1 - t) log(1 - p))}, each logarithm clamped at -100.
   *
   * @param input probabilities
   * @param target of the input's shape and dtype
   * @throws IllegalArgumentException if it is not, the dtype is {@code INT64}, or an input is not
   *     within 0 and 1
   */
  public static Tensor binaryCrossEntropy(Tensor input, Tensor target, Reduction reduction) {
    return pairwise("binaryCrossEntropy", input, target, reduction, (p, t) -> {
      if (!(p >= 0 && p <= 1)) {
        throw new IllegalArgumentException("input holds " + p + ", expected probabilities from 0 "
            + "to 1: apply sigmoid first, or use binaryCrossEntropyWithLogits");
      }
      double logP = Math.max(StrictMath.log(p), -100);
      double logQ = Math.max(StrictMath.log1p(-p), -100);
      return -(t * logP + (1 - t) * logQ);
    });
  }

  /** {@link #binaryCrossEntropyWithLogits(Tensor, Tensor, Reduction)}, the mean over all values. */
  public static Tensor binaryCrossEntropyWithLogits(Tensor input, Tensor target) {
    return binaryCrossEntropyWithLogits(input, target, Reduction.MEAN);
  }

  /**
   * The binary cross entropy of {@code sigmoid(x)}, as {@code max(x, 0) - x t + log(1 + e^-|x|)},
   * which overflows nowhere.
   *
   * @param input logits
   * @param target of the input's shape and dtype
   * @throws IllegalArgumentException if it is not, or the dtype is {@code INT64}
   */
  public static Tensor binaryCrossEntropyWithLogits(
      Tensor input, Tensor target, Reduction reduction) {
    return pairwise(
        "binaryCrossEntropyWithLogits",
        input,
        target,
        reduction,
        (x, t) -> Math.max(x, 0) - x * t + StrictMath.log1p(StrictMath.exp(-Math.abs(x))));
  }

  /** {@link #crossEntropy(Tensor, Tensor, Reduction)}, the mean over the rows. */
  public static Tensor crossEntropy(Tensor input, Tensor target) {
    return crossEntropy(input, target, Reduction.MEAN);
  }

  /**
   * {@code -sum_c t_c log softmax(x)_c}, summed over the rows or divided by their number. PyTorch's
   * {@code ignore_index} is not there: a label of -100 is refused like any other outside.
   *
   * @param input logits, shape {@code [n, C]}, or {@code [C]} for one row
   * @param target class indices in {@code INT64}, shape {@code [n]}, or {@code []} for one row; or
   *     probabilities of the input's shape and dtype
   * @throws IllegalArgumentException if a shape or dtype is another, or a class index is not in
   *     {@code 0..C-1}
   */
  public static Tensor crossEntropy(Tensor input, Tensor target, Reduction reduction) {
    int[] shape = input.shape();
    requireFloating("crossEntropy", input);
    if (shape.length < 1 || shape.length > 2 || shape[shape.length - 1] == 0) {
      throw new IllegalArgumentException("input has shape " + Arrays.toString(shape)
          + ", expected logits of shape [n, C] or [C], C at least 1: one row for each sample");
    }
    int classes = shape[shape.length - 1];
    int rows = shape.length == 1 ? 1 : shape[0];
    double[] logProbabilities = logSoftmax(input.to(DType.FLOAT64), -1).toDoubleArray();
    double sum = 0;
    if (target.dtype() == DType.INT64) {
      requireShape("target", target, Arrays.copyOf(shape, shape.length - 1));
      long[] labels = target.toLongArray();
      for (int i = 0; i < rows; i++) {
        sum -= logProbabilities[i * classes + label("target", labels[i], i, classes)];
      }
    } else {
      requireLike(input, target);
      double[] probabilities = target.toDoubleArray();
      for (int i = 0; i < probabilities.length; i++) {
        sum -= probabilities[i] * logProbabilities[i];
      }
    }
    return reduced(sum, rows, reduction, input.dtype());
  }

  private static Tensor map(Tensor input, DType dtype, DoubleUnaryOperator function) {
    // Integers are rounded to the dtype of the result before the function sees them.
    double[] values = input.to(dtype).toDoubleArray();
    Tensor result = Tensor.zeros(dtype, input.shape());
    result.copyFrom(Arrays.stream(values).map(function).toArray());
    return result;
  }

  private static DType promoted(Tensor input) {
    return input.dtype() == DType.INT64 ? DType.FLOAT32 : input.dtype();
  }

  /** Applies a function to each line of values along a dimension. */
  private static Tensor alongLines(
      String name, Tensor input, int dim, UnaryOperator<double[]> function) {
    requireFloating(name, input);
    int[] shape = input.shape();
    int dimension = dimension(dim, shape);
    int length = shape.length == 0 ? 1 : shape[dimension];
    int step = 1;
    for (int d = dimension + 1; d < shape.length; d++) {
      step *= shape[d];
    }
    double[] values = input.toDoubleArray();
    double[] line = new double[length];
    for (int start = 0; start < values.length; start++) {
      if (start / step % length == 0) {
        for (int i = 0; i < length; i++) {
          line[i] = values[start + i * step];
        }
        double[] mapped = function.apply(line);
        for (int i = 0; i < length; i++) {
          values[start + i * step] = mapped[i];
        }
      }
    }
    Tensor result = Tensor.zeros(input.dtype(), shape);
    result.copyFrom(values);
    return result;
  }

  private static double[] logSoftmax(double[] line) {
    double max = max(line);
    double logSum = max + StrictMath.log(sumOfExponentials(line, max));
    return Arrays.stream(line).map(x -> x - logSum).toArray();
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

  /** Reduces the losses of pairs of input and target. */
  private static Tensor pairwise(
      String name, Tensor input, Tensor target, Reduction reduction, DoubleBinaryOperator loss) {
    requireFloating(name, input);
    requireLike(input, target);
    double[] inputs = input.toDoubleArray();
    double[] targets = target.toDoubleArray();
    double sum = 0;
    for (int i = 0; i < inputs.length; i++) {
      sum += loss.applyAsDouble(inputs[i], targets[i]);
    }
    return reduced(sum, inputs.length, reduction, input.dtype());
  }

  private static Tensor reduced(double sum, int count, Reduction reduction, DType dtype) {
    Tensor loss = Tensor.zeros(dtype);
    loss.set(
        switch (reduction) {
          case MEAN -> sum / count;
          case SUM -> sum;
          case NONE, BATCH_MEAN ->
            throw new IllegalArgumentException(
                "reduction is " + reduction + ", expected MEAN or SUM");
        });
    return loss;
  }

  private static int dimension(int dim, int[] shape) {
    int rank = Math.max(1, shape.length); // PyTorch lets a scalar pass for a line of one value.
    if (dim < -rank || dim >= rank) {
      throw new IndexOutOfBoundsException("dim is " + dim + ", expected " + -rank + " to "
          + (rank - 1) + " for shape " + Arrays.toString(shape));
    }
    return dim < 0 ? dim + rank : dim;
  }

  private static int label(String name, long label, int position, int classes) {
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(name + " holds the class " + label + " at position "
          + position + ", expected 0 to " + (classes - 1) + ": there are " + classes + " classes");
    }
    return (int) label;
  }

  private static void requireFloating(String name, Tensor input) {
    if (input.dtype() == DType.INT64) {
      throw new IllegalArgumentException(
          name + " computes in FLOAT32 or FLOAT64, input is INT64: convert it with to(FLOAT32)");
    }
  }

  private static void requireLike(Tensor input, Tensor target) {
    requireShape("target", target, input.shape());
    if (target.dtype() != input.dtype()) {
      throw new IllegalArgumentException("target is " + target.dtype() + ", expected "
          + input.dtype() + " as the input: convert it with to(" + input.dtype() + ")");
    }
  }

  private static void requireShape(String name, Tensor tensor, int[] shape) {
    if (!Arrays.equals(tensor.shape(), shape)) {
      throw new IllegalArgumentException(name + " has shape " + Arrays.toString(tensor.shape())
          + ", expected " + Arrays.toString(shape) + " to go with the input");
    }
  }
}
