package dev.gradpoet.runtime;

import java.util.List;

/**
 * Adam (D. Kingma and J. Ba, 2015), as <a href="https://pytorch.org/docs/stable/generated/torch.optim.Adam.html">torch.optim.Adam</a>. For each
 * parameter w with gradient g, in update t from 1 on:
 *
 * <pre>
 * g = g + weightDecay w
 * m = beta1 m + (1 - beta1) g
 * v = beta2 v + (1 - beta2) g^2
 * s = v, or with amsgrad the largest v so far
 * w = w - learningRate / (1 - beta1^t) m / (sqrt(s) / sqrt(1 - beta2^t) + eps)
 * </pre>
 *
 * <p>An immutable value: each method with a parameter returns a new one.
 */
public final class Adam implements Optimizer {

  private final double learningRate;
  private final double beta1;
  private final double beta2;
  private final double eps;
  private final double weightDecay;
  private final boolean amsgrad;

  private Adam(
      double learningRate,
      double beta1,
      double beta2,
      double eps,
      double weightDecay,
      boolean amsgrad) {
    this.learningRate = learningRate;
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.eps = eps;
    this.weightDecay = weightDecay;
    this.amsgrad = amsgrad;
  }

  /**
   * Adam with PyTorch's defaults: betas 0.9 and 0.999, eps 1e-8, no weight decay.
   *
   * @param learningRate at least 0
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public static Adam of(double learningRate) {
    return new Adam(Options.atLeastZero("learning rate", learningRate), 0.9, 0.999, 1e-8, 0, false);
  }

  /**
   * With these decays of the averages of gradients and of squared gradients.
   *
   * @param beta1 from 0 to below 1
   * @param beta2 from 0 to below 1
   * @throws IllegalArgumentException if one is not from 0 to below 1
   */
  public Adam betas(double beta1, double beta2) {
    return new Adam(
        learningRate,
        Options.belowOne("first beta", beta1),
        Options.belowOne("second beta", beta2),
        eps,
        weightDecay,
        amsgrad);
  }

  /**
   * With this number added to the denominator.
   *
   * @param eps at least 0
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public Adam eps(double eps) {
    return new Adam(
        learningRate, beta1, beta2, Options.atLeastZero("eps", eps), weightDecay, amsgrad);
  }

  /**
   * With this L2 penalty.
   *
   * @param weightDecay at least 0
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public Adam weightDecay(double weightDecay) {
    return new Adam(
        learningRate, beta1, beta2, eps, Options.atLeastZero("weight decay", weightDecay), amsgrad);
  }

  /** With the largest average of squares so far (S. Reddi et al., 2018), or with the current one. */
  public Adam amsgrad(boolean amsgrad) {
    return new Adam(learningRate, beta1, beta2, eps, weightDecay, amsgrad);
  }

  @Override
  public double learningRate() {
    return learningRate;
  }

  /** The decay of the average of gradients. */
  public double beta1() {
    return beta1;
  }

  /** The decay of the average of squared gradients. */
  public double beta2() {
    return beta2;
  }

  /** The number added to the denominator. */
  public double eps() {
    return eps;
  }

  /** The L2 penalty. */
  public double weightDecay() {
    return weightDecay;
  }

  /** Whether the largest average of squares so far is used. */
  public boolean amsgrad() {
    return amsgrad;
  }

  /** Whether it is an Adam with the same options. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Adam that && options().equals(that.options());
  }

  @Override
  public int hashCode() {
    return options().hashCode();
  }

  private List<Object> options() {
    return List.of(learningRate, beta1, beta2, eps, weightDecay, amsgrad);
  }

  /** The expression that creates it: {@code Adam.of(0.001).amsgrad(true)}. */
  @Override
  public String toString() {
    return "Adam.of(" + learningRate + ")"
        + (beta1 == 0.9 && beta2 == 0.999 ? "" : ".betas(" + beta1 + ", " + beta2 + ")")
        + Options.shown("eps", eps, 1e-8)
        + Options.shown("weightDecay", weightDecay, 0)
        + Options.shown("amsgrad", amsgrad);
  }
}
