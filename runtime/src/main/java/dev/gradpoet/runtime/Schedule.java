package dev.gradpoet.runtime;

/**
 * The learning rate by the number of steps done, for {@link Trainer#learningRate(double)}: an immutable value without a state, so a run that is
 * resumed at a step goes on as one that never stopped. A step is whatever the caller counts, updates or epochs.
 *
 * <p>An option without a default is set before the first use: until then, {@link #learningRate} and the accessor of the option throw an
 * IllegalStateException that names the method to call.
 */
public sealed interface Schedule permits StepLr, ExponentialLr, CosineAnnealingLr, LinearLr {

  /** The learning rate that the formula starts from, PyTorch's {@code initial_lr}: the optimizer's. */
  double initialLearningRate();

  /**
   * The learning rate after some steps.
   *
   * @param steps how many, at least 0
   * @throws IllegalArgumentException if it is negative
   * @throws IllegalStateException if an option without a default is not set
   */
  double learningRate(int steps);
}
