package dev.gradpoet.runtime;

/**
 * {@code initial gamma^steps}, as <a
 * href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ExponentialLR.html">torch.optim.lr_scheduler.ExponentialLR</a>.
 *
 * @param initial the learning rate to start with, at least 0
 * @param gamma the factor of a step
 */
public record ExponentialLr(double initial, double gamma) implements Schedule {

  /**
   * A schedule.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public ExponentialLr {
    Options.atLeastZero("learning rate", initial);
    Options.finite("gamma", gamma);
  }

  @Override
  public double learningRate(int steps) {
    Options.atLeastZero("number of steps", steps);
    return initial * StrictMath.pow(gamma, steps);
  }
}
