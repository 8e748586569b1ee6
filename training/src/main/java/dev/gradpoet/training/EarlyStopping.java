package dev.gradpoet.training;

import java.util.List;

/**
 * Ends a run that no longer improves, as Keras's {@code EarlyStopping} does: once no score has been better than the reference by more than
 * {@code minDelta} for {@code patience} epochs in a row. An immutable value: each method with a parameter returns a new one.
 */
public final class EarlyStopping {

  private final int patience;
  private final double minDelta;

  private EarlyStopping(int patience, double minDelta) {
    this.patience = patience;
    this.minDelta = minDelta;
  }

  /**
   * Waits for this number of epochs without improvement.
   *
   * @param epochs at least 1
   * @throws IllegalArgumentException if it is below 1
   */
  public static EarlyStopping patience(int epochs) {
    if (epochs < 1) {
      throw new IllegalArgumentException(
          "a patience of " + epochs + " epochs, expected at least 1");
    }
    return new EarlyStopping(epochs, 0);
  }

  /**
   * Counts only improvements of more than this.
   *
   * @param minDelta at least 0, the default
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public EarlyStopping minDelta(double minDelta) {
    if (!(minDelta >= 0 && minDelta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "minDelta is " + minDelta + ", expected a finite number of at least 0");
    }
    return new EarlyStopping(patience, minDelta);
  }

  /** The number of epochs without improvement that end a run. */
  public int patience() {
    return patience;
  }

  /**
   * Whether a run ends after these scores.
   *
   * @param scores one for each epoch, the lower the better
   */
  boolean stops(List<Double> scores) {
    double reference = Double.POSITIVE_INFINITY;
    int waited = 0;
    for (double score : scores) {
      if (score < reference - minDelta) {
        reference = score;
        waited = 0;
      } else {
        waited++;
      }
    }
    return waited >= patience;
  }

  /** The expression that creates it: {@code EarlyStopping.patience(10)}. */
  @Override
  public String toString() {
    return "EarlyStopping.patience(" + patience + ")"
        + (minDelta == 0 ? "" : ".minDelta(" + minDelta + ")");
  }
}
