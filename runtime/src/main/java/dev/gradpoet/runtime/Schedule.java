package dev.gradpoet.runtime;

/**
 * The learning rate by the number of steps done, for {@link Trainer#learningRate}: an immutable value without a state, so a run that is resumed at
 * a step goes on as one that never stopped. A step is whatever the caller counts, updates or epochs.
 */
public sealed interface Schedule permits StepLr, ExponentialLr, CosineAnnealingLr, LinearLr {

  /**
   * The learning rate after some steps.
   *
   * @param steps how many, at least 0
   * @throws IllegalArgumentException if it is negative
   */
  double learningRate(int steps);
}
