package dev.gradpoet.processor.twin;

import dev.gradpoet.Loss;
import dev.gradpoet.Reduction;
import java.util.Arrays;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * A loss with its options, row by row from the textbook's formulas. A list of weights is null where there is none.
 *
 * @param loss which
 * @param reduction how rows become one number
 * @param labelSmoothing of cross entropy
 * @param ignoreIndex the class whose rows count nothing
 * @param classWeights of cross entropy and nll
 * @param weight of binary cross entropy
 * @param posWeight of binary cross entropy with logits
 * @param size beta of smooth l1, delta of huber
 * @param logTarget of kl divergence
 */
record LossFormula(
    Loss loss,
    Reduction reduction,
    double labelSmoothing,
    int ignoreIndex,
    double[] classWeights,
    double[] weight,
    double[] posWeight,
    double size,
    boolean logTarget) {

  /** Without options. */
  static LossFormula of(Loss loss, Reduction reduction) {
    return new LossFormula(loss, reduction, 0, -100, null, null, null, 1, false);
  }

  /** {@code @LossOptions(..)}, or nothing. */
  String options() {
    if (loss == Loss.NONE) {
      return "";
    }
    StringJoiner members = new StringJoiner(", ", "@LossOptions(", ")\n");
    members.add("reduction = Reduction." + reduction);
    if (labelSmoothing != 0) {
      members.add("labelSmoothing = " + labelSmoothing);
    }
    if (ignoreIndex != -100) {
      members.add("ignoreIndex = " + ignoreIndex);
    }
    list(members, "classWeights", classWeights);
    list(members, "weight", weight);
    list(members, "posWeight", posWeight);
    if (size != 1) {
      members.add((loss == Loss.HUBER ? "delta = " : "beta = ") + size);
    }
    if (logTarget) {
      members.add("logTarget = true");
    }
    return members.toString();
  }

  private static void list(StringJoiner members, String name, double[] values) {
    if (values != null) {
      members.add(name + " = "
          + Arrays.stream(values)
              .mapToObj(String::valueOf)
              .collect(Collectors.joining(", ", "{", "}")));
    }
  }

  boolean isOfClasses() {
    return loss == Loss.CROSS_ENTROPY || loss == Loss.NLL;
  }

  /** By what the sum over all rows is divided; labels are null where targets are dense. */
  double divisor(int rows, int outputs, int[] labels) {
    return switch (reduction) {
      case SUM, NONE -> 1;
      case BATCH_MEAN -> rows;
      case MEAN -> {
        if (!isOfClasses()) {
          yield (double) rows * outputs;
        }
        double sum = 0;
        for (int r = 0; r < rows; r++) {
          sum += labels == null ? 1 : counts(labels[r]);
        }
        yield sum;
      }
    };
  }

  private double counts(int label) {
    return label == ignoreIndex ? 0 : at(classWeights, label);
  }

  private static double at(double[] weights, int index) {
    return weights == null ? 1 : weights[index];
  }

  /** The loss of a row of predictions, and its gradient into {@code g}; the label is null where the target is dense. */
  double row(double[] x, double[] t, Integer label, double[] g) {
    if (label != null && label == ignoreIndex) {
      return 0;
    }
    return switch (loss) {
      case NONE -> throw new IllegalStateException();
      case CROSS_ENTROPY -> crossEntropy(x, t, g);
      case NLL -> {
        g[label] = -at(classWeights, label);
        yield g[label] * x[label];
      }
      default -> {
        double sum = 0;
        for (int o = 0; o < x.length; o++) {
          sum += at(weight, o) * value(x[o], t[o], at(posWeight, o));
          g[o] = at(weight, o) * slope(x[o], t[o], at(posWeight, o));
        }
        yield sum;
      }
    };
  }

  private double crossEntropy(double[] x, double[] t, double[] g) {
    double total = 0;
    for (double each : x) {
      total += Math.exp(each);
    }
    double loss = 0;
    double sum = 0;
    double[] q = new double[x.length];
    for (int c = 0; c < x.length; c++) {
      q[c] = at(classWeights, c) * ((1 - labelSmoothing) * t[c] + labelSmoothing / x.length);
      loss -= q[c] * Math.log(Math.exp(x[c]) / total);
      sum += q[c];
    }
    for (int c = 0; c < x.length; c++) {
      g[c] = Math.exp(x[c]) / total * sum - q[c];
    }
    return loss;
  }

  private double value(double x, double t, double p) {
    double d = Math.abs(x - t);
    return switch (loss) {
      case MSE -> d * d;
      case L1 -> d;
      case SMOOTH_L1 -> d < size ? d * d / (2 * size) : d - size / 2;
      case HUBER -> d <= size ? d * d / 2 : size * (d - size / 2);
      case BCE -> -t * Math.max(Math.log(x), -100) - (1 - t) * Math.max(Math.log(1 - x), -100);
      case BCE_WITH_LOGITS ->
        p * t * Math.log(1 + Math.exp(-x)) + (1 - t) * Math.log(1 + Math.exp(x));
      case KL_DIV -> logTarget ? Math.exp(t) * (t - x) : t == 0 ? 0 : t * (Math.log(t) - x);
      case NONE, CROSS_ENTROPY, NLL -> throw new IllegalStateException();
    };
  }

  private double slope(double x, double t, double p) {
    double d = x - t;
    double sigmoid = 1 / (1 + Math.exp(-x));
    return switch (loss) {
      case MSE -> 2 * d;
      case L1 -> Math.signum(d);
      case SMOOTH_L1 -> Math.abs(d) < size ? d / size : Math.signum(d);
      case HUBER -> Math.abs(d) <= size ? d : size * Math.signum(d);
      case BCE -> d / Math.max((1 - x) * x, 1e-12f);
      case BCE_WITH_LOGITS -> (1 - t) * sigmoid - p * t * (1 - sigmoid);
      case KL_DIV -> logTarget ? -Math.exp(t) : -t;
      case NONE, CROSS_ENTROPY, NLL -> throw new IllegalStateException();
    };
  }
}
