package dev.gradpoet.runtime.support;

import dev.gradpoet.Loss;
import dev.gradpoet.runtime.math.Chains;
import dev.gradpoet.runtime.math.DoubleMath;
import dev.gradpoet.runtime.math.FloatMath;

/**
 * Turns the outputs of a network into the probabilities that its loss is taken of, in place, with the functions and the order of sums of the
 * losses: the same bits with vectors and without.
 */
public final class Probabilities {

  /** A sum has 16 chains, as in {@link Chains}. */
  private static final int CHAINS = 16;

  private Probabilities() {}

  /**
   * {@code e^(y_o - max) / sum} of each row, for logits: {@code CROSS_ENTROPY}.
   *
   * @param y the outputs, row-major
   * @param n how many rows, from the first on
   * @param width the values of a row
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
      float sum = sum(y, from, from + width, 0, 1);
      for (int o = from; o < from + width; o++) {
        y[o] /= sum;
      }
    }
    return y;
  }

  /** As for {@code float}. */
  public static double[] softmax(double[] y, int n, int width) {
    for (int from = 0; from < n * width; from += width) {
      double max = y[from];
      for (int o = from + 1; o < from + width; o++) {
        max = Math.max(max, y[o]);
      }
      for (int o = from; o < from + width; o++) {
        y[o] = DoubleMath.exp(y[o] - max);
      }
      double sum = sum(y, from, from + width, 0, 1);
      for (int o = from; o < from + width; o++) {
        y[o] /= sum;
      }
    }
    return y;
  }

  /** The tree of {@link Chains} over every {@code step}-th chain from {@code chain} on: both halves of it, added. */
  private static float sum(float[] y, int from, int to, int chain, int step) {
    if (step < CHAINS) {
      return sum(y, from, to, chain, 2 * step) + sum(y, from, to, chain + step, 2 * step);
    }
    float sum = 0f;
    for (int o = from + chain; o < to; o += CHAINS) {
      sum += y[o];
    }
    return sum;
  }

  private static double sum(double[] y, int from, int to, int chain, int step) {
    if (step < CHAINS) {
      return sum(y, from, to, chain, 2 * step) + sum(y, from, to, chain + step, 2 * step);
    }
    double sum = 0;
    for (int o = from + chain; o < to; o += CHAINS) {
      sum += y[o];
    }
    return sum;
  }

  /** {@code e^y} of each value, for log-probabilities: {@code NLL}. The parameters are those of {@link #softmax(float[], int, int)}. */
  public static float[] exp(float[] y, int n, int width) {
    for (int o = 0; o < n * width; o++) {
      y[o] = FloatMath.exp(y[o]);
    }
    return y;
  }

  /** As for {@code float}. */
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

  /** As for {@code float}. */
  public static double[] sigmoid(double[] y, int n, int width) {
    for (int o = 0; o < n * width; o++) {
      y[o] = DoubleMath.sigmoid(y[o]);
    }
    return y;
  }

  /**
   * Checks that the outputs of a network are turned into probabilities for its loss.
   *
   * @param loss the declared loss
   * @throws UnsupportedOperationException if they are not
   */
  public static void require(Loss loss) {
    switch (loss) {
      case CROSS_ENTROPY, NLL, BCE, BCE_WITH_LOGITS -> {
        // they are
      }
      case NONE, MSE, L1, SMOOTH_L1, HUBER, KL_DIV -> throw none(loss.name());
    }
  }

  /**
   * The error of a network whose loss is not taken of probabilities.
   *
   * @param loss the declared loss
   */
  public static UnsupportedOperationException none(String loss) {
    return new UnsupportedOperationException(
        "the network was declared with Loss." + loss
            + ", whose outputs are not probabilities: use forward(x), or declare CROSS_ENTROPY, NLL, BCE or BCE_WITH_LOGITS");
  }
}
