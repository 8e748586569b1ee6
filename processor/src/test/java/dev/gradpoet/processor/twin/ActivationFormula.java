package dev.gradpoet.processor.twin;

import dev.gradpoet.Activation;

/** The activations of rows and of single values, and their derivatives. */
final class ActivationFormula {

  private static final double SCALE = 1.0507009873554804934193349852946;
  private static final double ALPHA = 1.6732632423543772848170429916717;

  private ActivationFormula() {}

  static double[] values(Net.Applied activation, double[] z) {
    double[] y = new double[z.length];
    double sum = 0;
    for (double each : z) {
      sum += Math.exp(each);
    }
    for (int i = 0; i < z.length; i++) {
      y[i] = switch (activation.function()) {
        case SOFTMAX -> Math.exp(z[i]) / sum;
        case LOG_SOFTMAX -> z[i] - Math.log(sum);
        default -> value(activation, z[i]);
      };
    }
    return y;
  }

  /** The derivative of output i by input j. */
  static double derivative(Net.Applied activation, double[] z, double[] y, int i, int j) {
    if (activation.function() == Activation.SOFTMAX) {
      return y[i] * ((i == j ? 1 : 0) - y[j]);
    }
    if (activation.function() == Activation.LOG_SOFTMAX) {
      return (i == j ? 1 : 0) - Math.exp(y[j]);
    }
    return i == j ? derivative(activation, z[i]) : 0;
  }

  private static double value(Net.Applied activation, double x) {
    double a = activation.a();
    double b = activation.b();
    return switch (activation.function()) {
      case IDENTITY -> x;
      case RELU -> x > 0 ? x : 0;
      case LEAKY_RELU -> x > 0 ? x : a * x;
      case ELU -> x > 0 ? x : a * (Math.exp(x) - 1);
      case CELU -> x > 0 ? x : a * (Math.exp(x / a) - 1);
      case SELU -> SCALE * (x > 0 ? x : ALPHA * (Math.exp(x) - 1));
      case GELU -> x * normal(x);
      case GELU_TANH ->
        x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
      case SILU -> x / (1 + Math.exp(-x));
      case MISH -> x * Math.tanh(Math.log(1 + Math.exp(x)));
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case LOG_SIGMOID -> -Math.log(1 + Math.exp(-x));
      case HARD_SIGMOID -> Math.min(Math.max(x + 3, 0), 6) / 6;
      case HARD_SWISH -> x * Math.min(Math.max(x + 3, 0), 6) / 6;
      case HARD_TANH -> Math.min(Math.max(x, a), b);
      case RELU6 -> Math.min(Math.max(x, 0), 6);
      case SOFTPLUS -> a * x > b ? x : Math.log(1 + Math.exp(a * x)) / a;
      case SOFTSIGN -> x / (1 + Math.abs(x));
      case TANH -> Math.tanh(x);
      case SOFTMAX, LOG_SOFTMAX -> throw new AssertionError("not of a single value");
    };
  }

  private static double derivative(Net.Applied activation, double x) {
    double a = activation.a();
    double b = activation.b();
    double sigmoid = 1 / (1 + Math.exp(-x));
    return switch (activation.function()) {
      case IDENTITY -> 1;
      case RELU -> x > 0 ? 1 : 0;
      case LEAKY_RELU -> x > 0 ? 1 : a;
      case ELU -> x > 0 ? 1 : a * Math.exp(x);
      case CELU -> x > 0 ? 1 : Math.exp(x / a);
      case SELU -> SCALE * (x > 0 ? 1 : ALPHA * Math.exp(x));
      case GELU -> normal(x) + x * density(x);
      case GELU_TANH -> {
        double t = Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x));
        double inner = Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x);
        yield (1 + t) / 2 + x / 2 * (1 - t * t) * inner;
      }
      case SILU -> sigmoid + x * sigmoid * (1 - sigmoid);
      case MISH -> {
        double t = Math.tanh(Math.log(1 + Math.exp(x)));
        yield t + x * (1 - t * t) * sigmoid;
      }
      case SIGMOID -> sigmoid * (1 - sigmoid);
      case LOG_SIGMOID -> 1 - sigmoid;
      case HARD_SIGMOID -> Math.abs(x) < 3 ? 1 / 6.0 : 0;
      case HARD_SWISH -> x <= -3 ? 0 : x >= 3 ? 1 : x / 3 + 0.5;
      case HARD_TANH -> x > a && x < b ? 1 : 0;
      case RELU6 -> x > 0 && x < 6 ? 1 : 0;
      case SOFTPLUS -> a * x > b ? 1 : 1 / (1 + Math.exp(-a * x));
      case SOFTSIGN -> 1 / ((1 + Math.abs(x)) * (1 + Math.abs(x)));
      case TANH -> 1 - Math.tanh(x) * Math.tanh(x);
      case SOFTMAX, LOG_SOFTMAX -> throw new AssertionError("not of a single value");
    };
  }

  /** The normal distribution: one half and the density times {@code x + x^3 / 3 + x^5 / (3 5) + x^7 / (3 5 7) + ...}. */
  private static double normal(double x) {
    if (Math.abs(x) > 12) {
      return x > 0 ? 1 : 0;
    }
    double sum = 0;
    double term = x;
    for (int n = 3; n < 500; n += 2) {
      sum += term;
      term *= x * x / n;
    }
    return 0.5 + density(x) * sum;
  }

  private static double density(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }
}
