package dev.gradpoet.training;

import dev.gradpoet.runtime.Trainer;

/**
 * The limits of gradients.
 *
 * @param norm the largest norm of all gradients; infinite if there is none
 * @param value the largest magnitude of a gradient; infinite if there is none
 */
record Clipping(double norm, double value) {

  static final Clipping NONE = new Clipping(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  boolean isNone() {
    return equals(NONE);
  }

  void clip(Trainer trainer) {
    if (norm < Double.POSITIVE_INFINITY) {
      trainer.clipGradNorm(norm);
    }
    if (value < Double.POSITIVE_INFINITY) {
      trainer.clipGradValue(value);
    }
  }

  static double limit(String what, double limit) {
    if (!(limit >= 0)) {
      throw new IllegalArgumentException(
          "the " + what + " is " + limit + ", expected a number of at least 0");
    }
    return limit;
  }

  @Override
  public String toString() {
    String text = (norm < Double.POSITIVE_INFINITY ? "norm " + norm : "")
        + (value < Double.POSITIVE_INFINITY ? " value " + value : "");
    return isNone() ? "none" : text.strip();
  }
}
