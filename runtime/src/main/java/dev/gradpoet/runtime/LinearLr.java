package dev.gradpoet.runtime;

import java.util.List;

/**
 * {@code initialLearningRate (startFactor + (endFactor - startFactor) min(steps, totalIters) / totalIters)}, as <a
 * href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.LinearLR.html">torch.optim.lr_scheduler.LinearLR</a>.
 *
 * <p>An immutable value: each method that sets an option returns a new one.
 */
public final class LinearLr implements Schedule {

  private final double initialLearningRate;
  private final double startFactor;
  private final double endFactor;
  private final int totalIters;

  private LinearLr(
      double initialLearningRate, double startFactor, double endFactor, int totalIters) {
    this.initialLearningRate = initialLearningRate;
    this.startFactor = startFactor;
    this.endFactor = endFactor;
    this.totalIters = totalIters;
  }

  /**
   * The schedule with PyTorch's defaults: from a third of the learning rate to the full learning rate in 5 steps.
   *
   * @param initialLearningRate at least 0
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public static LinearLr of(double initialLearningRate) {
    return new LinearLr(Options.atLeastZero("learning rate", initialLearningRate), 1.0 / 3, 1, 5);
  }

  /**
   * With this initial factor.
   *
   * @param startFactor at least 0
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public LinearLr startFactor(double startFactor) {
    return new LinearLr(
        initialLearningRate,
        Options.atLeastZero("start factor", startFactor),
        endFactor,
        totalIters);
  }

  /**
   * With this final factor.
   *
   * @param endFactor at least 0
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public LinearLr endFactor(double endFactor) {
    return new LinearLr(
        initialLearningRate, startFactor, Options.atLeastZero("end factor", endFactor), totalIters);
  }

  /**
   * With this number of steps between the two factors.
   *
   * @param totalIters at least 1
   * @throws IllegalArgumentException if it is below 1
   */
  public LinearLr totalIters(int totalIters) {
    return new LinearLr(
        initialLearningRate,
        startFactor,
        endFactor,
        Options.atLeastOne("number of steps totalIters", totalIters));
  }

  @Override
  public double initialLearningRate() {
    return initialLearningRate;
  }

  /** The initial factor. */
  public double startFactor() {
    return startFactor;
  }

  /** The final factor. */
  public double endFactor() {
    return endFactor;
  }

  /** The number of steps between the two factors. */
  public int totalIters() {
    return totalIters;
  }

  @Override
  public double learningRate(int steps) {
    Options.atLeastZero("number of steps", steps);
    double share = Math.min(steps, totalIters) / (double) totalIters;
    return initialLearningRate * (startFactor + (endFactor - startFactor) * share);
  }

  /** Whether it is a LinearLr with the same options. */
  @Override
  public boolean equals(Object other) {
    return other instanceof LinearLr that && options().equals(that.options());
  }

  @Override
  public int hashCode() {
    return options().hashCode();
  }

  private List<Object> options() {
    return List.of(initialLearningRate, startFactor, endFactor, totalIters);
  }

  /** The expression that creates it: {@code LinearLr.of(0.1).totalIters(10)}. */
  @Override
  public String toString() {
    return "LinearLr.of(" + initialLearningRate + ")"
        + Options.shown("startFactor", startFactor, 1.0 / 3)
        + Options.shown("endFactor", endFactor, 1)
        + Options.shown("totalIters", totalIters, 5);
  }
}
