package dev.gradpoet.runtime;

import java.util.List;

/**
 * Adagrad (J. Duchi et al., 2011), as <a href="https://pytorch.org/docs/stable/generated/torch.optim.Adagrad.html">torch.optim.Adagrad</a>. For
 * each parameter w with gradient g, in update t from 1 on:
 *
 * <pre>
 * g = g + weightDecay w
 * s = s + g^2, from initialAccumulatorValue
 * w = w - learningRate / (1 + (t - 1) lrDecay) g / (sqrt(s) + eps)
 * </pre>
 *
 * <p>An immutable value: each method with a parameter returns a new one.
 */
public final class Adagrad implements Optimizer {

  private final double learningRate;
  private final double lrDecay;
  private final double weightDecay;
  private final double initialAccumulatorValue;
  private final double eps;

  private Adagrad(
      double learningRate,
      double lrDecay,
      double weightDecay,
      double initialAccumulatorValue,
      double eps) {
    this.learningRate = learningRate;
    this.lrDecay = lrDecay;
    this.weightDecay = weightDecay;
    this.initialAccumulatorValue = initialAccumulatorValue;
    this.eps = eps;
  }

  /**
   * Adagrad with PyTorch's defaults: no decays, accumulators from 0, eps 1e-10.
   *
   * @param learningRate at least 0
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public static Adagrad of(double learningRate) {
    return new Adagrad(Options.atLeastZero("learning rate", learningRate), 0, 0, 0, 1e-10);
  }

  /**
   * With this decay of the learning rate.
   *
   * @param lrDecay at least 0
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public Adagrad lrDecay(double lrDecay) {
    return new Adagrad(
        learningRate,
        Options.atLeastZero("decay of the learning rate", lrDecay),
        weightDecay,
        initialAccumulatorValue,
        eps);
  }

  /**
   * With this L2 penalty.
   *
   * @param weightDecay at least 0
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public Adagrad weightDecay(double weightDecay) {
    return new Adagrad(
        learningRate,
        lrDecay,
        Options.atLeastZero("weight decay", weightDecay),
        initialAccumulatorValue,
        eps);
  }

  /**
   * With this initial value of the sums of squares.
   *
   * @param initialAccumulatorValue at least 0
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public Adagrad initialAccumulatorValue(double initialAccumulatorValue) {
    return new Adagrad(
        learningRate,
        lrDecay,
        weightDecay,
        Options.atLeastZero("initial accumulator value", initialAccumulatorValue),
        eps);
  }

  /**
   * With this number added to the denominator.
   *
   * @param eps at least 0
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public Adagrad eps(double eps) {
    return new Adagrad(
        learningRate,
        lrDecay,
        weightDecay,
        initialAccumulatorValue,
        Options.atLeastZero("eps", eps));
  }

  @Override
  public double learningRate() {
    return learningRate;
  }

  /** The decay of the learning rate. */
  public double lrDecay() {
    return lrDecay;
  }

  /** The L2 penalty. */
  public double weightDecay() {
    return weightDecay;
  }

  /** The initial value of the sums of squares. */
  public double initialAccumulatorValue() {
    return initialAccumulatorValue;
  }

  /** The number added to the denominator. */
  public double eps() {
    return eps;
  }

  /** Whether it is an Adagrad with the same options. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Adagrad that && options().equals(that.options());
  }

  @Override
  public int hashCode() {
    return options().hashCode();
  }

  private List<Object> options() {
    return List.of(learningRate, lrDecay, weightDecay, initialAccumulatorValue, eps);
  }

  /** The expression that creates it: {@code Adagrad.of(0.01).lrDecay(0.1)}. */
  @Override
  public String toString() {
    return "Adagrad.of(" + learningRate + ")"
        + Options.shown("lrDecay", lrDecay, 0)
        + Options.shown("weightDecay", weightDecay, 0)
        + Options.shown("initialAccumulatorValue", initialAccumulatorValue, 0)
        + Options.shown("eps", eps, 1e-10);
  }
}
