package dev.gradpoet.runtime;

import dev.gradpoet.runtime.math.DoubleMath;
import java.util.List;

/**
 * {@code etaMin + (initialLearningRate - etaMin) (1 + cos(pi steps / tMax)) / 2}, as <a
 * href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CosineAnnealingLR.html">torch.optim.lr_scheduler.CosineAnnealingLR</a>
 * (I. Loshchilov and F. Hutter, 2017).
 *
 * <p>An immutable value: each method that sets an option returns a new one. As in PyTorch, tMax has no default: call {@link #tMax(int)} before the
 * first use.
 */
public final class CosineAnnealingLr implements Schedule {

  private final double initialLearningRate;
  private final int tMax;
  private final double etaMin;

  private CosineAnnealingLr(double initialLearningRate, int tMax, double etaMin) {
    this.initialLearningRate = initialLearningRate;
    this.tMax = tMax;
    this.etaMin = etaMin;
  }

  /**
   * The schedule with PyTorch's default, etaMin 0. Set tMax before the first use.
   *
   * @param initialLearningRate at least 0
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public static CosineAnnealingLr of(double initialLearningRate) {
    return new CosineAnnealingLr(Options.atLeastZero("learning rate", initialLearningRate), 0, 0);
  }

  /**
   * With this number of steps from the largest to the smallest learning rate.
   *
   * @param tMax at least 1
   * @throws IllegalArgumentException if it is below 1
   */
  public CosineAnnealingLr tMax(int tMax) {
    return new CosineAnnealingLr(
        initialLearningRate, Options.atLeastOne("number of steps tMax", tMax), etaMin);
  }

  /**
   * With this smallest learning rate.
   *
   * @param etaMin at least 0
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public CosineAnnealingLr etaMin(double etaMin) {
    return new CosineAnnealingLr(
        initialLearningRate, tMax, Options.atLeastZero("smallest learning rate", etaMin));
  }

  @Override
  public double initialLearningRate() {
    return initialLearningRate;
  }

  /**
   * The number of steps from the largest to the smallest learning rate.
   *
   * @throws IllegalStateException if it is not set
   */
  public int tMax() {
    return Options.set(this, "tMax(int)", tMax);
  }

  /** The smallest learning rate. */
  public double etaMin() {
    return etaMin;
  }

  @Override
  public double learningRate(int steps) {
    Options.atLeastZero("number of steps", steps);
    return etaMin + (initialLearningRate - etaMin) * (1 + DoubleMath.cosPi(steps, tMax())) / 2;
  }

  /** Whether it is a CosineAnnealingLr with the same options. */
  @Override
  public boolean equals(Object other) {
    return other instanceof CosineAnnealingLr that && options().equals(that.options());
  }

  @Override
  public int hashCode() {
    return options().hashCode();
  }

  private List<Object> options() {
    return List.of(initialLearningRate, tMax, etaMin);
  }

  /** The expression that creates it: {@code CosineAnnealingLr.of(0.1).tMax(100)}. */
  @Override
  public String toString() {
    return "CosineAnnealingLr.of(" + initialLearningRate + ")"
        + Options.shown("tMax", tMax, 0)
        + Options.shown("etaMin", etaMin, 0);
  }
}
