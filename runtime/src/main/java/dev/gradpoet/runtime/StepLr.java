package dev.gradpoet.runtime;

/**
 * {@code initial gamma^(steps div stepSize)}, as <a
 * href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.StepLR.html">torch.optim.lr_scheduler.StepLR</a>.
 *
 * @param initial the learning rate to start with, at least 0
 * @param stepSize the steps between two changes, at least 1
 * @param gamma the factor of a change
 */
public record StepLr(double initial, int stepSize, double gamma) implements Schedule {

  /**
   * A schedule.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public StepLr {
    Options.atLeastZero("learning rate", initial);
    Options.positive("step size", stepSize);
    Options.finite("gamma", gamma);
  }

  @Override
  public double learningRate(int steps) {
    Options.atLeastZero("number of steps", steps);
    return initial * StrictMath.pow(gamma, steps / stepSize);
  }
}
