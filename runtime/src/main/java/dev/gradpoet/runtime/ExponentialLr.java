package dev.gradpoet.runtime;

import dev.gradpoet.runtime.math.DoubleMath;
import java.util.List;

/**
 * {@code initialLearningRate gamma^steps}, as <a
 * href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ExponentialLR.html">torch.optim.lr_scheduler.ExponentialLR</a>.
 *
 * <p>An immutable value: each method that sets an option returns a new one. As in PyTorch, gamma has no default: call {@link #gamma(double)} before
 * the first use.
 */
public final class ExponentialLr implements Schedule {

  private final double initialLearningRate;
  private final double gamma;

  private ExponentialLr(double initialLearningRate, double gamma) {
    this.initialLearningRate = initialLearningRate;
    this.gamma = gamma;
  }

  /**
   * The schedule. Set gamma before the first use.
   *
   * @param initialLearningRate at least 0
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public static ExponentialLr of(double initialLearningRate) {
    return new ExponentialLr(Options.atLeastZero("learning rate", initialLearningRate), Double.NaN);
  }

  /**
   * With this factor per step.
   *
   * @param gamma any finite number
   * @throws IllegalArgumentException if it is not finite
   */
  public ExponentialLr gamma(double gamma) {
    return new ExponentialLr(initialLearningRate, Options.finite("gamma", gamma));
  }

  @Override
  public double initialLearningRate() {
    return initialLearningRate;
  }

  /**
   * The factor per step.
   *
   * @throws IllegalStateException if it is not set
   */
  public double gamma() {
    return Options.set(this, "gamma(double)", gamma);
  }

  @Override
  public double learningRate(int steps) {
    Options.atLeastZero("number of steps", steps);
    return initialLearningRate * DoubleMath.power(gamma(), steps);
  }

  /** Whether it is an ExponentialLr with the same options. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ExponentialLr that && options().equals(that.options());
  }

  @Override
  public int hashCode() {
    return options().hashCode();
  }

  private List<Object> options() {
    return List.of(initialLearningRate, gamma);
  }

  /** The expression that creates it: {@code ExponentialLr.of(0.1).gamma(0.95)}. */
  @Override
  public String toString() {
    return "ExponentialLr.of(" + initialLearningRate + ")"
        + Options.shown("gamma", gamma, Double.NaN);
  }
}
