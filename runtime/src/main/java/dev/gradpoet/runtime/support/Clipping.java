package dev.gradpoet.runtime.support;

import dev.gradpoet.runtime.Layer;
import java.util.List;

/** Looks at the gradients of all layers together: bounds them, as {@code torch.nn.utils} does. */
public final class Clipping {

  /** What PyTorch adds to the norm. */
  private static final double EPS = 1e-6;

  private Clipping() {}

  /** Whether all gradients are zero. */
  public static boolean areZero(List<? extends Layer> gradients) {
    for (int i = 0; i < gradients.size(); i++) {
      if (gradients.get(i) instanceof FloatLinear linear && !linear.isZero()
          || gradients.get(i) instanceof DoubleLinear wide && !wide.isZero()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Multiplies all gradients by {@code min(1, maxNorm / (norm + 1e-6))}, with the norm of all of them together.
   *
   * @param gradients the layers with their gradients
   * @param maxNorm at least 0
   * @return the norm before
   * @throws IllegalArgumentException if {@code maxNorm} is negative or NaN
   */
  public static double byNorm(List<? extends Layer> gradients, double maxNorm) {
    if (!(maxNorm >= 0)) {
      throw new IllegalArgumentException(
          "the largest norm is " + maxNorm + ", expected a number of at least 0");
    }
    double sum = 0;
    for (int i = 0; i < gradients.size(); i++) {
      if (gradients.get(i) instanceof FloatLinear linear) {
        sum += linear.sumOfSquares();
      } else if (gradients.get(i) instanceof DoubleLinear linear) {
        sum += linear.sumOfSquares();
      }
    }
    double norm = Math.sqrt(sum);
    double factor = Math.min(1, maxNorm / (norm + EPS));
    for (int i = 0; i < gradients.size(); i++) {
      if (gradients.get(i) instanceof FloatLinear linear) {
        linear.scale(factor);
      } else if (gradients.get(i) instanceof DoubleLinear linear) {
        linear.scale(factor);
      }
    }
    return norm;
  }

  /**
   * Takes every gradient between {@code -limit} and {@code limit}.
   *
   * @param gradients the layers with their gradients
   * @param limit at least 0
   * @throws IllegalArgumentException if {@code limit} is negative or NaN
   */
  public static void byValue(List<? extends Layer> gradients, double limit) {
    if (!(limit >= 0)) {
      throw new IllegalArgumentException(
          "the largest value is " + limit + ", expected a number of at least 0");
    }
    for (int i = 0; i < gradients.size(); i++) {
      if (gradients.get(i) instanceof FloatLinear linear) {
        linear.clamp(limit);
      } else if (gradients.get(i) instanceof DoubleLinear linear) {
        linear.clamp(limit);
      }
    }
  }
}
