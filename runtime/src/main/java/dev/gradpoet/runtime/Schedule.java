package dev.gradpoet.runtime;

/**
 * The learning rate as a function of the number of completed steps, for {@link Trainer#learningRate(double)}. It is immutable and stateless, so a run
 * that is resumed at some step continues exactly as if it had never stopped. A step is whatever the caller counts: updates or epochs.
 *
 * <p>An option without a default must be set before the first use: until then, {@link #learningRate} and the accessor of the option throw an
 * IllegalStateException that names the method to call.
 */
public sealed interface Schedule permits StepLr, ExponentialLr, CosineAnnealingLr, LinearLr {

  /** The learning rate from which the formula starts, PyTorch's {@code initial_lr}, which is the optimizer's. */
  double initialLearningRate();

  /**
   * The learning rate after some steps.
   *
   * @param steps the number of steps, at least 0
   * @throws IllegalArgumentException if it is negative
   * @throws IllegalStateException if an option without a default is not set
   */
  double learningRate(int steps);
}
