package dev.gradpoet.runtime;

/**
 * {@code etaMin + (initial - etaMin) (1 + cos(pi steps / tMax)) / 2}, as <a
 * href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CosineAnnealingLR.html">torch.optim.lr_scheduler.CosineAnnealingLR</a>
 * (I. Loshchilov and F. Hutter, 2017).
 *
 * @param initial the learning rate to start with, at least 0
 * @param tMax the steps from the largest to the smallest learning rate, at least 1
 * @param etaMin the smallest learning rate, at least 0
 */
public record CosineAnnealingLr(double initial, int tMax, double etaMin) implements Schedule {

  /**
   * A schedule.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public CosineAnnealingLr {
    Options.atLeastZero("learning rate", initial);
    Options.positive("number of steps tMax", tMax);
    Options.atLeastZero("smallest learning rate", etaMin);
  }

  @Override
  public double learningRate(int steps) {
    Options.atLeastZero("number of steps", steps);
    return etaMin + (initial - etaMin) * (1 + StrictMath.cos(Math.PI * steps / tMax)) / 2;
  }
}
