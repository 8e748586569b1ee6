package dev.gradpoet.runtime;

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
 * <p>An immutable value: each method returns a new one.
 *
 * @param learningRate at least 0
 * @param alpha from 0 to below 1
 * @param eps at least 0
 * @param weightDecay at least 0
 * @param momentum at least 0
 * @param centered whether the mean of the gradients is taken out
 */
public record RmsProp(
    double learningRate,
    double alpha,
    double eps,
    double weightDecay,
    double momentum,
    boolean centered)
    implements Optimizer {

  /**
   * All options at once.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public RmsProp {
    Options.atLeastZero("learning rate", learningRate);
    Options.belowOne("alpha", alpha);
    Options.atLeastZero("eps", eps);
    Options.atLeastZero("weight decay", weightDecay);
    Options.atLeastZero("momentum", momentum);
  }

  /**
   * RMSprop with PyTorch's defaults: alpha 0.99, eps 1e-8, no weight decay, no momentum, not centered.
   *
   * @param learningRate at least 0
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public static RmsProp of(double learningRate) {
    return new RmsProp(learningRate, 0.99, 1e-8, 0, 0, false);
  }

  /**
   * With this decay of the average of squares.
   *
   * @throws IllegalArgumentException if it is not from 0 to below 1
   */
  public RmsProp alpha(double alpha) {
    return new RmsProp(learningRate, alpha, eps, weightDecay, momentum, centered);
  }

  /**
   * With this number added to the denominator.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public RmsProp eps(double eps) {
    return new RmsProp(learningRate, alpha, eps, weightDecay, momentum, centered);
  }

  /**
   * With this L2 penalty.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public RmsProp weightDecay(double weightDecay) {
    return new RmsProp(learningRate, alpha, eps, weightDecay, momentum, centered);
  }

  /**
   * With this momentum.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public RmsProp momentum(double momentum) {
    return new RmsProp(learningRate, alpha, eps, weightDecay, momentum, centered);
  }

  /** With the mean of the gradients taken out, or not. */
  public RmsProp centered(boolean centered) {
    return new RmsProp(learningRate, alpha, eps, weightDecay, momentum, centered);
  }

  /** The expression that makes it. */
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
