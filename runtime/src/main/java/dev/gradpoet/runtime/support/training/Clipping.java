package dev.gradpoet.runtime.support.training;

import dev.gradpoet.runtime.support.Parameter;
import java.util.List;

/** Looks at the gradients of all parameters together: bounds them, as {@code torch.nn.utils} does. */
public final class Clipping {

  /** What PyTorch adds to the norm. */
  private static final double EPS = 1e-6;

  private Clipping() {}

  /** Whether all gradients are zero. */
  public static boolean areZero(List<? extends Parameter> gradients) {
    for (int i = 0; i < gradients.size(); i++) {
      if (!gradients.get(i).isZero()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Multiplies all gradients by {@code min(1, maxNorm / (norm + 1e-6))}, with the norm of all of them together.
   *
   * @param gradients the gradients of all parameters, those of a layer one after the other
   * @param maxNorm at least 0
   * @return the norm before
   * @throws IllegalArgumentException if {@code maxNorm} is negative or NaN
   */
  public static double byNorm(List<? extends Parameter> gradients, double maxNorm) {
    if (!(maxNorm >= 0)) {
      throw new IllegalArgumentException(
          "the largest norm is " + maxNorm + ", expected a number of at least 0");
    }
    double norm = Math.sqrt(sumOfSquares(gradients));
    double factor = Math.min(1, maxNorm / (norm + EPS));
    for (int i = 0; i < gradients.size(); i++) {
      gradients.get(i).scale(factor);
    }
    return norm;
  }

  /** The order is part of the contract: a sum for each layer, over its parameters in order, and then the sum of these. */
  private static double sumOfSquares(List<? extends Parameter> gradients) {
    double sum = 0;
    double ofLayer = 0;
    for (int i = 0; i < gradients.size(); i++) {
      Parameter gradient = gradients.get(i);
      if (i > 0 && !gradient.layer().equals(gradients.get(i - 1).layer())) {
        sum += ofLayer;
        ofLayer = 0;
      }
      ofLayer = gradient.addSquares(ofLayer);
    }
    return sum + ofLayer;
  }

  /**
   * Takes every gradient between {@code -limit} and {@code limit}.
   *
   * @param gradients the gradients of all parameters, those of a layer one after the other
   * @param limit at least 0
   * @throws IllegalArgumentException if {@code limit} is negative or NaN
   */
  public static void byValue(List<? extends Parameter> gradients, double limit) {
    if (!(limit >= 0)) {
      throw new IllegalArgumentException(
          "the largest value is " + limit + ", expected a number of at least 0");
    }
    for (int i = 0; i < gradients.size(); i++) {
      gradients.get(i).clamp(limit);
    }
  }
}
