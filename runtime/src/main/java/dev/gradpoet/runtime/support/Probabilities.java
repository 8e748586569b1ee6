package dev.gradpoet.runtime.support;

import dev.gradpoet.Loss;
import dev.gradpoet.runtime.math.DoubleChains;
import dev.gradpoet.runtime.math.DoubleMath;
import dev.gradpoet.runtime.math.FloatChains;
import dev.gradpoet.runtime.math.FloatMath;

/**
 * Turns the outputs of a network into the probabilities of its loss, in place, with the functions and the order of sums of the losses: the same bits
 * with vectors and without.
 */
public final class Probabilities {

  private static final float[] NOTHING = {};

  private Probabilities() {}

  /**
   * {@code e^(y_o - max) / sum} of each row, for logits: {@code CROSS_ENTROPY}.
   *
   * @param y the outputs, row-major
   * @param n the number of rows
   * @param width the number of values in a row
   * @return {@code y}
   */
  public static float[] softmax(float[] y, int n, int width) {
    for (int from = 0; from < n * width; from += width) {
      float max = y[from];
      for (int o = from + 1; o < from + width; o++) {
        max = Math.max(max, y[o]);
      }
      for (int o = from; o < from + width; o++) {
        y[o] = FloatMath.exp(y[o] - max);
      }
      float sum = FloatChains.sum(y, from, width);
      for (int o = from; o < from + width; o++) {
        y[o] /= sum;
      }
    }
    return y;
  }

  /** The same for {@code double}. */
  public static double[] softmax(double[] y, int n, int width) {
    for (int from = 0; from < n * width; from += width) {
      double max = y[from];
      for (int o = from + 1; o < from + width; o++) {
        max = Math.max(max, y[o]);
      }
      for (int o = from; o < from + width; o++) {
        y[o] = DoubleMath.exp(y[o] - max);
      }
      double sum = DoubleChains.sum(y, from, width);
      for (int o = from; o < from + width; o++) {
        y[o] /= sum;
      }
    }
    return y;
  }

  /** {@code e^y} of each value, for log-probabilities: {@code NLL}. The parameters are those of {@link #softmax(float[], int, int)}. */
  public static float[] exp(float[] y, int n, int width) {
    for (int o = 0; o < n * width; o++) {
      y[o] = FloatMath.exp(y[o]);
    }
    return y;
  }

  /** The same for {@code double}. */
  public static double[] exp(double[] y, int n, int width) {
    for (int o = 0; o < n * width; o++) {
      y[o] = DoubleMath.exp(y[o]);
    }
    return y;
  }

  /** {@code 1 / (1 + e^-y)} of each value, for logits: {@code BCE_WITH_LOGITS}. The parameters are those of {@link #softmax(float[], int, int)}. */
  public static float[] sigmoid(float[] y, int n, int width) {
    for (int o = 0; o < n * width; o++) {
      y[o] = FloatMath.sigmoid(y[o]);
    }
    return y;
  }

  /** The same for {@code double}. */
  public static double[] sigmoid(double[] y, int n, int width) {
    for (int o = 0; o < n * width; o++) {
      y[o] = DoubleMath.sigmoid(y[o]);
    }
    return y;
  }

  /**
   * The probabilities for a loss, in place.
   *
   * @param loss the declared loss
   * @param y the outputs, row-major
   * @param n the number of rows
   * @param width the number of values in a row
   * @return {@code y}
   * @throws UnsupportedOperationException if outputs have no probabilities for this loss
   */
  static float[] of(Loss loss, float[] y, int n, int width) {
    return switch (loss) {
      case CROSS_ENTROPY -> softmax(y, n, width);
      case NLL -> exp(y, n, width);
      case BCE_WITH_LOGITS -> sigmoid(y, n, width);
      case BCE -> y;
      case NONE, MSE, L1, SMOOTH_L1, HUBER, KL_DIV -> throw none(loss);
    };
  }

  /** The same for {@code double}. */
  static double[] of(Loss loss, double[] y, int n, int width) {
    return switch (loss) {
      case CROSS_ENTROPY -> softmax(y, n, width);
      case NLL -> exp(y, n, width);
      case BCE_WITH_LOGITS -> sigmoid(y, n, width);
      case BCE -> y;
      case NONE, MSE, L1, SMOOTH_L1, HUBER, KL_DIV -> throw none(loss);
    };
  }

  /**
   * Checks that outputs have probabilities for a loss.
   *
   * @throws UnsupportedOperationException if they have none
   */
  static void require(Loss loss) {
    of(loss, NOTHING, 0, 1);
  }

  private static UnsupportedOperationException none(Loss loss) {
    return new UnsupportedOperationException(
        "the network was declared with Loss." + loss
            + ", whose outputs are not probabilities: use forward(x), or declare CROSS_ENTROPY, NLL, BCE or BCE_WITH_LOGITS");
  }
}
