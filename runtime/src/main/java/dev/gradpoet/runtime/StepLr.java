package dev.gradpoet.runtime;

import dev.gradpoet.runtime.math.DoubleMath;
import java.util.List;

/**
 * {@code initialLearningRate gamma^(steps div stepSize)}, as <a
 * href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.StepLR.html">torch.optim.lr_scheduler.StepLR</a>.
 *
 * <p>An immutable value: each method that sets an option returns a new one. As in PyTorch, the step size has no default: call {@link #stepSize(int)}
 * before the first use.
 */
public final class StepLr implements Schedule {

  private final double initialLearningRate;
  private final int stepSize;
  private final double gamma;

  private StepLr(double initialLearningRate, int stepSize, double gamma) {
    this.initialLearningRate = initialLearningRate;
    this.stepSize = stepSize;
    this.gamma = gamma;
  }

  /**
   * The schedule with PyTorch's default, gamma 0.1. Set the step size before the first use.
   *
   * @param initialLearningRate at least 0
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public static StepLr of(double initialLearningRate) {
    return new StepLr(Options.atLeastZero("learning rate", initialLearningRate), 0, 0.1);
  }

  /**
   * With this number of steps between two changes.
   *
   * @param stepSize at least 1
   * @throws IllegalArgumentException if it is below 1
   */
  public StepLr stepSize(int stepSize) {
    return new StepLr(initialLearningRate, Options.atLeastOne("step size", stepSize), gamma);
  }

  /**
   * With this factor per change.
   *
   * @param gamma any finite number
   * @throws IllegalArgumentException if it is not finite
   */
  public StepLr gamma(double gamma) {
    return new StepLr(initialLearningRate, stepSize, Options.finite("gamma", gamma));
  }

  @Override
  public double initialLearningRate() {
    return initialLearningRate;
  }

  /**
   * The number of steps between two changes.
   *
   * @throws IllegalStateException if it is not set
   */
  public int stepSize() {
    return Options.set(this, "stepSize(int)", stepSize);
  }

  /** The factor per change. */
  public double gamma() {
    return gamma;
  }

  @Override
  public double learningRate(int steps) {
    Options.atLeastZero("number of steps", steps);
    return initialLearningRate * DoubleMath.power(gamma, steps / stepSize());
  }

  /** Whether it is a StepLr with the same options. */
  @Override
  public boolean equals(Object other) {
    return other instanceof StepLr that && options().equals(that.options());
  }

  @Override
  public int hashCode() {
    return options().hashCode();
  }

  private List<Object> options() {
    return List.of(initialLearningRate, stepSize, gamma);
  }

  /** The expression that creates it: {@code StepLr.of(0.1).stepSize(30)}. */
  @Override
  public String toString() {
    return "StepLr.of(" + initialLearningRate + ")"
        + Options.shown("stepSize", stepSize, 0)
        + Options.shown("gamma", gamma, 0.1);
  }
}
