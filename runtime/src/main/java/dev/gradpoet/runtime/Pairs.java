package dev.gradpoet.runtime;

import dev.gradpoet.Reduction;
import dev.gradpoet.runtime.memory.Heap;
import java.util.Arrays;
import java.util.Objects;

/** The losses of single values, each of an input and a target. */
final class Pairs {

  /** The loss of one value. */
  interface Loss {
    /** The loss of a prediction and a target in a column. */
    double of(double x, double t, int column);
  }

  static final Loss MSE = (x, t, c) -> (x - t) * (x - t);

  static final Loss L1 = (x, t, c) -> Math.abs(x - t);

  static final Loss BINARY_CROSS_ENTROPY = (x, t, c) -> binaryCrossEntropy(x, t);

  static final Loss BINARY_CROSS_ENTROPY_WITH_LOGITS =
      (x, t, c) -> (1 - t) * x + (Math.max(-x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x))));

  private Pairs() {}

  static Loss smoothL1(double beta) {
    if (!(beta >= 0)) {
      throw new IllegalArgumentException("beta is " + beta + ", expected a number of at least 0");
    }
    return (x, t, c) -> {
      double d = Math.abs(x - t);
      return d < beta ? d * d / (2 * beta) : d - beta / 2;
    };
  }

  static Loss huber(double delta) {
    if (!(delta > 0)) {
      throw new IllegalArgumentException("delta is " + delta + ", expected a number above 0");
    }
    return (x, t, c) -> {
      double d = Math.abs(x - t);
      return d <= delta ? d * d / 2 : delta * (d - delta / 2);
    };
  }

  static Loss klDiv(boolean logTarget) {
    return logTarget
        ? (x, t, c) -> StrictMath.exp(t) * (t - x)
        : (x, t, c) -> (t == 0 ? 0 : t * StrictMath.log(t)) - t * x;
  }

  private static double binaryCrossEntropy(double p, double t) {
    double logP = Math.max(StrictMath.log(p), -100);
    double logQ = Math.max(StrictMath.log1p(-p), -100);
    return -(t * logP + (1 - t) * logQ);
  }

  /** {@link #reduce} of binary cross entropy, whose inputs and targets are probabilities. */
  static Tensor binaryCrossEntropy(Tensor input, Tensor target, Reduction reduction, Loss loss) {
    Arguments.requireFloating("binaryCrossEntropy", input);
    Arguments.requireLike("target", input, target);
    requireProbabilities(
        "input", input, "apply sigmoid first, or use binaryCrossEntropyWithLogits");
    requireProbabilities("target", target, "pass 0 and 1, or values between them");
    return reduce("binaryCrossEntropy", input, target, reduction, loss);
  }

  private static void requireProbabilities(String what, Tensor t, String wayOut) {
    double[] values = t.toDoubleArray();
    int columns = columns(t);
    for (int i = 0; i < values.length; i++) {
      if (!(values[i] >= 0 && values[i] <= 1)) {
        throw new IllegalArgumentException(what + " holds " + values[i] + " at row " + i / columns
            + ", column " + i % columns + ", expected probabilities from 0 to 1: " + wayOut);
      }
    }
  }

  static Tensor reduce(String name, Tensor input, Tensor target, Reduction reduction, Loss loss) {
    Arguments.requireFloating(name, input);
    Arguments.requireLike("target", input, target);
    Objects.requireNonNull(reduction, "reduction");
    double[] inputs = input.toDoubleArray();
    double[] targets = target.toDoubleArray();
    double[] losses = new double[inputs.length];
    int columns = columns(input);
    for (int i = 0; i < inputs.length; i++) {
      losses[i] = loss.of(inputs[i], targets[i], i % columns);
    }
    Tensor result =
        Tensor.zeros(input.dtype(), reduction == Reduction.NONE ? input.shape() : new int[0]);
    double sum = sum(losses);
    switch (reduction) {
      case NONE -> result.copyFrom(losses);
      case SUM -> result.set(sum);
      case MEAN -> result.set(sum / losses.length);
      case BATCH_MEAN -> {
        if (!name.equals("klDiv")) {
          throw new IllegalArgumentException(
              "BATCH_MEAN is a reduction of klDiv alone, expected MEAN, SUM or NONE for " + name);
        }
        result.set(sum / (input.shape().length == 0 ? 1 : input.shape()[0]));
      }
    }
    return result;
  }

  private static int columns(Tensor input) {
    int[] shape = input.shape();
    return shape.length == 0 ? 1 : shape[shape.length - 1];
  }

  /** The weight of each column; 1 if there are no weights. */
  static double[] ofColumns(String name, Tensor weight, Tensor input) {
    int columns = columns(Objects.requireNonNull(input, "input"));
    double[] ones = new double[Heap.array("a weight for each column", columns, Double.BYTES)];
    Arrays.fill(ones, 1);
    if (weight == null) {
      return ones;
    }
    Arguments.requireShape(name, weight, new int[] {ones.length});
    Arguments.requireDtype(name, input, weight);
    return weight.toDoubleArray();
  }

  /** The sum in order: the bits of {@code DoubleStream.sum} may differ between platforms. */
  static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
