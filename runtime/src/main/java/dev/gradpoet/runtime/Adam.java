package dev.gradpoet.runtime;

/**
 * Adam (D. Kingma and J. Ba, 2015), as <a href="https://pytorch.org/docs/stable/generated/torch.optim.Adam.html">torch.optim.Adam</a> and <a
 * href="https://pytorch.org/docs/stable/generated/torch.optim.AdamW.html">torch.optim.AdamW</a>. For each parameter w with gradient g, in update
 * t from 1 on:
 *
 * <pre>
 * g = g + weightDecay w, or for AdamW w = w (1 - learningRate weightDecay)
 * m = beta1 m + (1 - beta1) g
 * v = beta2 v + (1 - beta2) g^2
 * s = v, or with amsgrad the largest v so far
 * w = w - learningRate / (1 - beta1^t) m / (sqrt(s) / sqrt(1 - beta2^t) + eps)
 * </pre>
 *
 * <p>An immutable value: each method returns a new one.
 *
 * @param learningRate at least 0
 * @param beta1 from 0 to below 1
 * @param beta2 from 0 to below 1
 * @param eps at least 0
 * @param weightDecay at least 0
 * @param amsgrad whether the largest v counts
 * @param decoupled whether the weight decay is AdamW's
 */
public record Adam(
    double learningRate,
    double beta1,
    double beta2,
    double eps,
    double weightDecay,
    boolean amsgrad,
    boolean decoupled)
    implements Optimizer {

  /**
   * All options at once.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Adam {
    Options.atLeastZero("learning rate", learningRate);
    Options.belowOne("first beta", beta1);
    Options.belowOne("second beta", beta2);
    Options.atLeastZero("eps", eps);
    Options.atLeastZero("weight decay", weightDecay);
  }

  /**
   * Adam with PyTorch's defaults: betas 0.9 and 0.999, eps 1e-8, no weight decay.
   *
   * @param learningRate at least 0
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public static Adam of(double learningRate) {
    return new Adam(learningRate, 0.9, 0.999, 1e-8, 0, false, false);
  }

  /**
   * With these decays of the averages of gradients and of their squares.
   *
   * @throws IllegalArgumentException if one is not from 0 to below 1
   */
  public Adam betas(double beta1, double beta2) {
    return new Adam(learningRate, beta1, beta2, eps, weightDecay, amsgrad, decoupled);
  }

  /**
   * With this number added to the denominator.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public Adam eps(double eps) {
    return new Adam(learningRate, beta1, beta2, eps, weightDecay, amsgrad, decoupled);
  }

  /**
   * With this weight decay: an L2 penalty for Adam, a factor of the weight for AdamW.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public Adam weightDecay(double weightDecay) {
    return new Adam(learningRate, beta1, beta2, eps, weightDecay, amsgrad, decoupled);
  }

  /** With the largest of the averages of squares so far (S. Reddi et al., 2018), or with the last one. */
  public Adam amsgrad(boolean amsgrad) {
    return new Adam(learningRate, beta1, beta2, eps, weightDecay, amsgrad, decoupled);
  }

  /** The expression that makes it. */
  @Override
  public String toString() {
    return (decoupled ? "AdamW" : "Adam") + ".of(" + learningRate + ")"
        + (beta1 == 0.9 && beta2 == 0.999 ? "" : ".betas(" + beta1 + ", " + beta2 + ")")
        + Options.shown("eps", eps, 1e-8)
        + Options.shown("weightDecay", weightDecay, decoupled ? 0.01 : 0)
        + Options.shown("amsgrad", amsgrad);
  }
}
