package dev.gradpoet.runtime;

import dev.gradpoet.DType;
import dev.gradpoet.Reduction;
import dev.gradpoet.runtime.math.DoubleMath;
import dev.gradpoet.runtime.memory.Heap;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;

/**
 * The functions of {@code torch.nn.functional} that networks are declared with, one formula each: the readable reference for the generated code,
 * which computes the same functions faster.
 *
 * <p>Everything is computed in double and rounded once to the dtype of the result. Results are new
 * tensors. A reduced loss is a scalar, shape {@code []}, of its input's dtype; the forms without a
 * {@link Reduction} take the mean.
 */
public final class Functional {

  // G. Klambauer et al., "Self-Normalizing Neural Networks" (2017).
  private static final double SELU_SCALE = 1.0507009873554804934193349852946;
  private static final double SELU_ALPHA = 1.6732632423543772848170429916717;

  /** PyTorch's default of {@code ignore_index}. */
  private static final int IGNORE_INDEX = -100;

  private Functional() {}

  /** {@code max(x, 0)}, in the dtype of the input. NaN stays NaN. */
  public static Tensor relu(Tensor input) {
    return map(input, Objects.requireNonNull(input, "input").dtype(), x -> x < 0 ? 0 : x);
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
   * {@code x} above 0, else {@code negativeSlope x}, of each value.
   *
   * @throws IllegalArgumentException if the input is {@code INT64}
   */
  public static Tensor leakyRelu(Tensor input, double negativeSlope) {
    return ofReals("leakyRelu", input, x -> x > 0 ? x : negativeSlope * x);
  }

  /** {@link #leakyRelu(Tensor, double)} with PyTorch's 0.01. */
  public static Tensor leakyRelu(Tensor input) {
    return leakyRelu(input, 0.01);
  }

  /**
   * {@code x} above 0, else {@code alpha (e^x - 1)}, of each value.
   *
   * @throws IllegalArgumentException if the input is {@code INT64}
   */
  public static Tensor elu(Tensor input, double alpha) {
    return ofReals("elu", input, x -> x > 0 ? x : alpha * StrictMath.expm1(x));
  }

  /** {@link #elu(Tensor, double)} with PyTorch's 1. */
  public static Tensor elu(Tensor input) {
    return elu(input, 1);
  }

  /**
   * {@link #elu} with {@code alpha} 1.6733, times 1.0507, of each value.
   *
   * @throws IllegalArgumentException if the input is {@code INT64}
   */
  public static Tensor selu(Tensor input) {
    return ofReals("selu", input, x -> SELU_SCALE * (x > 0 ? x : SELU_ALPHA * StrictMath.expm1(x)));
  }

  /**
   * {@code x} above 0, else {@code alpha (e^(x / alpha) - 1)}, of each value.
   *
   * @throws IllegalArgumentException if the input is {@code INT64}
   */
  public static Tensor celu(Tensor input, double alpha) {
    return ofReals("celu", input, x -> x > 0 ? x : alpha * StrictMath.expm1(x / alpha));
  }

  /** {@link #celu(Tensor, double)} with PyTorch's 1. */
  public static Tensor celu(Tensor input) {
    return celu(input, 1);
  }

  /**
   * {@code x (1 + erf(x / sqrt 2)) / 2}, of each value.
   *
   * @throws IllegalArgumentException if the input is {@code INT64}
   */
  public static Tensor gelu(Tensor input) {
    return ofReals("gelu", input, x -> x / 2 * (1 + DoubleMath.erf(x / Math.sqrt(2))));
  }

  /**
   * {@code x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2}, of each value.
   *
   * @throws IllegalArgumentException if the input is {@code INT64}
   */
  public static Tensor geluTanh(Tensor input) {
    return ofReals(
        "geluTanh",
        input,
        x -> x / 2 * (1 + StrictMath.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))));
  }

  /**
   * {@code x / (1 + e^-x)}, of each value.
   *
   * @throws IllegalArgumentException if the input is {@code INT64}
   */
  public static Tensor silu(Tensor input) {
    return ofReals("silu", input, x -> x / (1 + StrictMath.exp(-x)));
  }

  /**
   * {@code x tanh(log(1 + e^x))}, of each value.
   *
   * @throws IllegalArgumentException if the input is {@code INT64}
   */
  public static Tensor mish(Tensor input) {
    return ofReals("mish", input, x -> x * StrictMath.tanh(softplus(x)));
  }

  /**
   * {@code -log(1 + e^-x)}, of each value.
   *
   * @throws IllegalArgumentException if the input is {@code INT64}
   */
  public static Tensor logSigmoid(Tensor input) {
    return ofReals("logSigmoid", input, x -> -softplus(-x));
  }

  /**
   * {@code min(max(x + 3, 0), 6) / 6}, of each value.
   *
   * @throws IllegalArgumentException if the input is {@code INT64}
   */
  public static Tensor hardSigmoid(Tensor input) {
    return ofReals("hardSigmoid", input, x -> Math.min(Math.max(x + 3, 0), 6) / 6);
  }

  /**
   * {@code x min(max(x + 3, 0), 6) / 6}, of each value.
   *
   * @throws IllegalArgumentException if the input is {@code INT64}
   */
  public static Tensor hardSwish(Tensor input) {
    return ofReals("hardSwish", input, x -> x * Math.min(Math.max(x + 3, 0), 6) / 6);
  }

  /**
   * {@code min(max(x, minVal), maxVal)}, of each value.
   *
   * @throws IllegalArgumentException if the input is {@code INT64}
   */
  public static Tensor hardTanh(Tensor input, double minVal, double maxVal) {
    return ofReals("hardTanh", input, x -> Math.min(Math.max(x, minVal), maxVal));
  }

  /** {@link #hardTanh(Tensor, double, double)} with PyTorch's -1 and 1. */
  public static Tensor hardTanh(Tensor input) {
    return hardTanh(input, -1, 1);
  }

  /**
   * {@code min(max(x, 0), 6)}, of each value.
   *
   * @throws IllegalArgumentException if the input is {@code INT64}
   */
  public static Tensor relu6(Tensor input) {
    return ofReals("relu6", input, x -> Math.min(Math.max(x, 0), 6));
  }

  /**
   * {@code log(1 + e^(beta x)) / beta}, and {@code x} where {@code beta x} is above {@code threshold}, of each value.
   *
   * @throws IllegalArgumentException if the input is {@code INT64}
   */
  public static Tensor softplus(Tensor input, double beta, double threshold) {
    return ofReals("softplus", input, x -> beta * x > threshold ? x : softplus(beta * x) / beta);
  }

  /** {@link #softplus(Tensor, double, double)} with PyTorch's 1 and 20. */
  public static Tensor softplus(Tensor input) {
    return softplus(input, 1, 20);
  }

  /** {@code x / (1 + |x|)}, of each value. {@code INT64} becomes {@code FLOAT32}. */
  public static Tensor softsign(Tensor input) {
    return map(input, promoted(input), x -> x / (1 + Math.abs(x)));
  }

  /**
   * {@code e^x_i / sum_j e^x_j} along a dimension.
   *
   * @param dim the dimension, a negative one counted from the last: with -1 rows sum to 1
   * @throws IndexOutOfBoundsException if the input has no such dimension
   * @throws IllegalArgumentException if the input is {@code INT64}
   */
  public static Tensor softmax(Tensor input, int dim) {
    return Lines.map("softmax", input, dim, Lines::softmax);
  }

  /**
   * {@code log(softmax(x))} along a dimension, as {@code x_i - log sum_j e^x_j}.
   *
   * @param dim the dimension, a negative one counted from the last
   * @throws IndexOutOfBoundsException if the input has no such dimension
   * @throws IllegalArgumentException if the input is {@code INT64}
   */
  public static Tensor logSoftmax(Tensor input, int dim) {
    return Lines.map("logSoftmax", input, dim, Lines::logSoftmax);
  }

  /**
   * The index of the largest value along a dimension, the first one if several are equal; NaN counts as the largest.
   *
   * @param dim the dimension, a negative one counted from the last
   * @return {@code INT64}, the input's shape without that dimension
   * @throws IndexOutOfBoundsException if the input has no such dimension
   */
  public static Tensor argmax(Tensor input, int dim) {
    return Lines.argmax(input, dim);
  }

  /**
   * A row of zeros with a 1 at the class, for each class index.
   *
   * @param classes class indices, {@code INT64}, of any shape
   * @param numClasses the length of a row, at least 1
   * @return {@code INT64}, the shape of {@code classes} and then {@code numClasses}
   * @throws IllegalArgumentException if an index is not in {@code 0..numClasses-1}, or {@code classes} is not {@code INT64}, or the result is larger
   *     than the maximum heap
   */
  public static Tensor oneHot(Tensor classes, int numClasses) {
    if (Objects.requireNonNull(classes, "classes").dtype() != DType.INT64) {
      throw new IllegalArgumentException("classes is " + classes.dtype()
          + ", expected INT64 class indices: convert them with to(INT64)");
    }
    if (numClasses < 1) {
      throw new IllegalArgumentException(
          "numClasses is " + numClasses + ", expected at least 1: pass the number of classes");
    }
    int[] shape = Arrays.copyOf(classes.shape(), classes.shape().length + 1);
    shape[shape.length - 1] = numClasses;
    long[] labels = classes.toLongArray();
    long[] ones = new long[Heap.array("oneHot", (long) labels.length * numClasses, Long.BYTES)];
    for (int i = 0; i < labels.length; i++) {
      ones[i * numClasses + Arguments.requireClass("classes", labels[i], i, numClasses)] = 1;
    }
    return Tensor.owning(ones, shape);
  }

  /** {@link #mseLoss(Tensor, Tensor, Reduction)}, the mean over all values. */
  public static Tensor mseLoss(Tensor input, Tensor target) {
    return mseLoss(input, target, Reduction.MEAN);
  }

  /**
   * {@code (x - t)^2}.
   *
   * @param target of the input's shape and dtype
   * @param reduction with {@link Reduction#NONE} the result has the input's shape
   * @throws IllegalArgumentException if the target does not match, or the dtype is {@code INT64}
   */
  public static Tensor mseLoss(Tensor input, Tensor target, Reduction reduction) {
    return Pairs.reduce("mseLoss", input, target, reduction, Pairs.MSE);
  }

  /** {@link #l1Loss(Tensor, Tensor, Reduction)}, the mean over all values. */
  public static Tensor l1Loss(Tensor input, Tensor target) {
    return l1Loss(input, target, Reduction.MEAN);
  }

  /**
   * {@code |x - t|}.
   *
   * @param target of the input's shape and dtype
   * @param reduction with {@link Reduction#NONE} the result has the input's shape
   * @throws IllegalArgumentException if the target does not match, or the dtype is {@code INT64}
   */
  public static Tensor l1Loss(Tensor input, Tensor target, Reduction reduction) {
    return Pairs.reduce("l1Loss", input, target, reduction, Pairs.L1);
  }

  /** {@link #smoothL1Loss(Tensor, Tensor, Reduction, double)}, the mean over all values, with PyTorch's 1. */
  public static Tensor smoothL1Loss(Tensor input, Tensor target) {
    return smoothL1Loss(input, target, Reduction.MEAN, 1);
  }

  /**
   * {@code (x - t)^2 / (2 beta)} where {@code |x - t|} is below {@code beta}, else {@code |x - t| - beta / 2}.
   *
   * @param target of the input's shape and dtype
   * @param reduction with {@link Reduction#NONE} the result has the input's shape
   * @throws IllegalArgumentException if the target does not match, or the dtype is {@code INT64}
   */
  public static Tensor smoothL1Loss(Tensor input, Tensor target, Reduction reduction, double beta) {
    return Pairs.reduce("smoothL1Loss", input, target, reduction, Pairs.smoothL1(beta));
  }

  /** {@link #huberLoss(Tensor, Tensor, Reduction, double)}, the mean over all values, with PyTorch's 1. */
  public static Tensor huberLoss(Tensor input, Tensor target) {
    return huberLoss(input, target, Reduction.MEAN, 1);
  }

  /**
   * {@code (x - t)^2 / 2} where {@code |x - t|} is at most {@code delta}, else {@code delta (|x - t| - delta / 2)}.
   *
   * @param target of the input's shape and dtype
   * @param reduction with {@link Reduction#NONE} the result has the input's shape
   * @throws IllegalArgumentException if the target does not match, or the dtype is {@code INT64}
   */
  public static Tensor huberLoss(Tensor input, Tensor target, Reduction reduction, double delta) {
    return Pairs.reduce("huberLoss", input, target, reduction, Pairs.huber(delta));
  }

  /** {@link #binaryCrossEntropy(Tensor, Tensor, Reduction)}, the mean over all values. */
  public static Tensor binaryCrossEntropy(Tensor input, Tensor target) {
    return binaryCrossEntropy(input, target, Reduction.MEAN);
  }

  /**
   * {@code -(t log p + (1 - t) log(1 - p))} of probabilities, each logarithm clamped at -100.
   *
   * @param target of the input's shape and dtype
   * @param reduction with {@link Reduction#NONE} the result has the input's shape
   * @throws IllegalArgumentException if the target does not match, or the dtype is {@code INT64}, or an input or target is not within 0 and 1
   */
  public static Tensor binaryCrossEntropy(Tensor input, Tensor target, Reduction reduction) {
    return Pairs.binaryCrossEntropy(input, target, reduction, Pairs.BINARY_CROSS_ENTROPY);
  }

  /**
   * The binary cross entropy of probabilities, each value times the weight of its column.
   *
   * @param target of the input's shape and dtype
   * @param weight shape {@code [C]} for an input of shape {@code [n, C]} or {@code [C]}, and its dtype
   * @throws IllegalArgumentException if a shape or dtype does not match, or an input or target is not within 0 and 1
   */
  public static Tensor binaryCrossEntropy(
      Tensor input, Tensor target, Reduction reduction, Tensor weight) {
    double[] w = Pairs.ofColumns("weight", weight, input);
    return Pairs.binaryCrossEntropy(
        input, target, reduction, (x, t, c) -> w[c] * Pairs.BINARY_CROSS_ENTROPY.of(x, t, c));
  }

  /** {@link #binaryCrossEntropyWithLogits(Tensor, Tensor, Reduction)}, the mean over all values. */
  public static Tensor binaryCrossEntropyWithLogits(Tensor input, Tensor target) {
    return binaryCrossEntropyWithLogits(input, target, Reduction.MEAN);
  }

  /**
   * The binary cross entropy of {@code sigmoid(x)}, as {@code (1 - t) x + max(-x, 0) + log(1 + e^-|x|)}, which does not overflow.
   *
   * @param target of the input's shape and dtype
   * @param reduction with {@link Reduction#NONE} the result has the input's shape
   * @throws IllegalArgumentException if the target does not match, or the dtype is {@code INT64}
   */
  public static Tensor binaryCrossEntropyWithLogits(
      Tensor input, Tensor target, Reduction reduction) {
    return Pairs.reduce(
        "binaryCrossEntropyWithLogits",
        input,
        target,
        reduction,
        Pairs.BINARY_CROSS_ENTROPY_WITH_LOGITS);
  }

  /**
   * The binary cross entropy of logits, each value times the weight of its column, and the term of positive targets times {@code posWeight}.
   *
   * @param target of the input's shape and dtype
   * @param weight shape {@code [C]} for an input of shape {@code [n, C]} or {@code [C]}, and of its dtype; or null
   * @param posWeight as {@code weight}, or null
   * @throws IllegalArgumentException if a shape or dtype does not match
   */
  public static Tensor binaryCrossEntropyWithLogits(
      Tensor input, Tensor target, Reduction reduction, Tensor weight, Tensor posWeight) {
    double[] w = Pairs.ofColumns("weight", weight, input);
    double[] p = Pairs.ofColumns("posWeight", posWeight, input);
    return Pairs.reduce(
        "binaryCrossEntropyWithLogits",
        input,
        target,
        reduction,
        (x, t, c) -> w[c] * ((1 - t) * x + (1 + (p[c] - 1) * t) * softplus(-x)));
  }

  /** {@link #klDiv(Tensor, Tensor, Reduction, boolean)}, the mean over all values, with PyTorch's false. */
  public static Tensor klDiv(Tensor input, Tensor target) {
    return klDiv(input, target, Reduction.MEAN, false);
  }

  /**
   * {@code t (log t - x)} from log-probabilities {@code x}; with {@code logTarget}, {@code e^t (t - x)}.
   *
   * @param target of the input's shape and dtype
   * @param reduction with {@link Reduction#NONE} the result has the input's shape; {@link Reduction#BATCH_MEAN} divides by the first dimension
   * @throws IllegalArgumentException if the target does not match, or the dtype is {@code INT64}
   */
  public static Tensor klDiv(Tensor input, Tensor target, Reduction reduction, boolean logTarget) {
    return Pairs.reduce("klDiv", input, target, reduction, Pairs.klDiv(logTarget));
  }

  /** {@link #crossEntropy(Tensor, Tensor, Reduction)}, the mean over the rows. */
  public static Tensor crossEntropy(Tensor input, Tensor target) {
    return crossEntropy(input, target, Reduction.MEAN);
  }

  /** {@link #crossEntropy(Tensor, Tensor, Reduction, Tensor, int, double)} with the default options. */
  public static Tensor crossEntropy(Tensor input, Tensor target, Reduction reduction) {
    return crossEntropy(input, target, reduction, null, IGNORE_INDEX, 0);
  }

  /**
   * {@code -sum_c w_c ((1 - s) t_c + s / C) log softmax(x)_c} of each row. A mean divides by the number of rows; of class indices by the sum of the
   * weights of their classes.
   *
   * @param input logits, shape {@code [n, C]}, or {@code [C]} for one row
   * @param target class indices in {@code INT64}, shape {@code [n]}, or {@code []} for one row; or probabilities of the input's shape and dtype
   * @param reduction with {@link Reduction#NONE} the result has a value for each row
   * @param weight w, shape {@code [C]} and the input's dtype, or null
   * @param ignoreIndex a class index whose rows do not contribute to the loss; must be negative, and has no effect, for probability targets
   * @param labelSmoothing s, from 0 to 1
   * @throws IllegalArgumentException if a shape, dtype or option is invalid, a class index is neither in {@code 0..C-1} nor {@code ignoreIndex}, or
   *     {@code ignoreIndex} is a class and the targets are probabilities
   */
  public static Tensor crossEntropy(
      Tensor input,
      Tensor target,
      Reduction reduction,
      Tensor weight,
      int ignoreIndex,
      double labelSmoothing) {
    return new Categorical("crossEntropy", input, weight, ignoreIndex, reduction)
        .crossEntropy(target, labelSmoothing);
  }

  /** {@link #nllLoss(Tensor, Tensor, Reduction, Tensor, int)} with the default options, the mean over the rows. */
  public static Tensor nllLoss(Tensor input, Tensor target) {
    return nllLoss(input, target, Reduction.MEAN, null, IGNORE_INDEX);
  }

  /**
   * {@code -w_t x_t} of each row, from log-probabilities {@code x} and a class {@code t}. A mean divides by the sum of the weights.
   *
   * @param input log-probabilities, shape {@code [n, C]}, or {@code [C]} for one row
   * @param target class indices in {@code INT64}, shape {@code [n]}, or {@code []} for one row
   * @param reduction with {@link Reduction#NONE} the result has a value for each row
   * @param weight w, shape {@code [C]} and the input's dtype, or null
   * @param ignoreIndex a class index whose rows do not contribute to the loss
   * @throws IllegalArgumentException if a shape or dtype does not match, or a class index is neither in {@code 0..C-1} nor {@code ignoreIndex}
   */
  public static Tensor nllLoss(
      Tensor input, Tensor target, Reduction reduction, Tensor weight, int ignoreIndex) {
    return new Categorical("nllLoss", input, weight, ignoreIndex, reduction).nll(target);
  }

  private static Tensor map(Tensor input, DType dtype, DoubleUnaryOperator function) {
    // Integers are rounded to the dtype of the result before the function sees them.
    double[] values = input.to(dtype).toDoubleArray();
    Tensor result = Tensor.zeros(dtype, input.shape());
    result.copyFrom(Arrays.stream(values).map(function).toArray());
    return result;
  }

  private static Tensor ofReals(String name, Tensor input, DoubleUnaryOperator function) {
    Arguments.requireFloating(name, input);
    return map(input, input.dtype(), function);
  }

  /** {@code log(1 + e^x)}, without overflow. */
  private static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  private static DType promoted(Tensor input) {
    return Objects.requireNonNull(input, "input").dtype() == DType.INT64
        ? DType.FLOAT32
        : input.dtype();
  }
}
