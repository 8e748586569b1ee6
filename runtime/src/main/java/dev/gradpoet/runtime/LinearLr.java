package dev.gradpoet.runtime;

/**
 * {@code initial (startFactor + (endFactor - startFactor) min(steps, totalIters) / totalIters)}, as <a
 * href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.LinearLR.html">torch.optim.lr_scheduler.LinearLR</a>.
 *
 * @param initial the learning rate that the factors multiply, at least 0
 * @param startFactor the factor at first
 * @param endFactor the factor at last
 * @param totalIters the steps between the two, at least 1
 */
public record LinearLr(double initial, double startFactor, double endFactor, int totalIters)
    implements Schedule {

  /**
   * A schedule.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public LinearLr {
    Options.atLeastZero("learning rate", initial);
    Options.atLeastZero("start factor", startFactor);
    Options.atLeastZero("end factor", endFactor);
    Options.positive("number of steps totalIters", totalIters);
  }

  @Override
  public double learningRate(int steps) {
    Options.atLeastZero("number of steps", steps);
    double share = Math.min(steps, totalIters) / (double) totalIters;
    return initial * (startFactor + (endFactor - startFactor) * share);
  }
}
