package dev.gradpoet.runtime;

import java.util.List;

/**
 * RMSprop (G. Hinton, 2012), as <a href="https://pytorch.org/docs/stable/generated/torch.optim.RMSprop.html">torch.optim.RMSprop</a>. For each
 * parameter w with gradient g:
 *
 * <pre>
 * g = g + weightDecay w
 * v = alpha v + (1 - alpha) g^2
 * centered: a = alpha a + (1 - alpha) g, s = v - a^2; else s = v
 * with momentum: b = momentum b + g / (sqrt(s) + eps), w = w - learningRate b
 * without: w = w - learningRate g / (sqrt(s) + eps)
 * </pre>
 *
 * <p>An immutable value: each method with a parameter returns a new one.
 */
public final class RmsProp implements Optimizer {

  private final double learningRate;
  private final double alpha;
  private final double eps;
  private final double weightDecay;
  private final double momentum;
  private final boolean centered;

  private RmsProp(
      double learningRate,
      double alpha,
      double eps,
      double weightDecay,
      double momentum,
      boolean centered) {
    this.learningRate = learningRate;
    this.alpha = alpha;
    this.eps = eps;
    this.weightDecay = weightDecay;
    this.momentum = momentum;
    this.centered = centered;
  }

  /**
   * RMSprop with PyTorch's defaults: alpha 0.99, eps 1e-8, no weight decay, no momentum, not centered.
   *
   * @param learningRate at least 0
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public static RmsProp of(double learningRate) {
    return new RmsProp(Options.atLeastZero("learning rate", learningRate), 0.99, 1e-8, 0, 0, false);
  }

  /**
   * With this decay of the average of squares.
   *
   * @param alpha from 0 to below 1
   * @throws IllegalArgumentException if it is not from 0 to below 1
   */
  public RmsProp alpha(double alpha) {
    return new RmsProp(
        learningRate, Options.belowOne("alpha", alpha), eps, weightDecay, momentum, centered);
  }

  /**
   * With this number added to the denominator.
   *
   * @param eps at least 0
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public RmsProp eps(double eps) {
    return new RmsProp(
        learningRate, alpha, Options.atLeastZero("eps", eps), weightDecay, momentum, centered);
  }

  /**
   * With this L2 penalty.
   *
   * @param weightDecay at least 0
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public RmsProp weightDecay(double weightDecay) {
    return new RmsProp(
        learningRate,
        alpha,
        eps,
        Options.atLeastZero("weight decay", weightDecay),
        momentum,
        centered);
  }

  /**
   * With this momentum.
   *
   * @param momentum at least 0
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public RmsProp momentum(double momentum) {
    return new RmsProp(
        learningRate, alpha, eps, weightDecay, Options.atLeastZero("momentum", momentum), centered);
  }

  /** With or without subtracting the mean of the gradients. */
  public RmsProp centered(boolean centered) {
    return new RmsProp(learningRate, alpha, eps, weightDecay, momentum, centered);
  }

  @Override
  public double learningRate() {
    return learningRate;
  }

  /** The decay of the average of squares. */
  public double alpha() {
    return alpha;
  }

  /** The number added to the denominator. */
  public double eps() {
    return eps;
  }

  /** The L2 penalty. */
  public double weightDecay() {
    return weightDecay;
  }

  /** The momentum. */
  public double momentum() {
    return momentum;
  }

  /** Whether the mean of the gradients is subtracted. */
  public boolean centered() {
    return centered;
  }

  /** Whether it is a RmsProp with the same options. */
  @Override
  public boolean equals(Object other) {
    return other instanceof RmsProp that && options().equals(that.options());
  }

  @Override
  public int hashCode() {
    return options().hashCode();
  }

  private List<Object> options() {
    return List.of(learningRate, alpha, eps, weightDecay, momentum, centered);
  }

  /** The expression that creates it: {@code RmsProp.of(0.01).momentum(0.9)}. */
  @Override
  public String toString() {
    return "RmsProp.of(" + learningRate + ")"
        + Options.shown("alpha", alpha, 0.99)
        + Options.shown("eps", eps, 1e-8)
        + Options.shown("weightDecay", weightDecay, 0)
        + Options.shown("momentum", momentum, 0)
        + Options.shown("centered", centered);
  }
}
