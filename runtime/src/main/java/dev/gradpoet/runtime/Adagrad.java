package dev.gradpoet.runtime;

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
 * <p>An immutable value: each method returns a new one.
 *
 * @param learningRate at least 0
 * @param lrDecay at least 0
 * @param weightDecay at least 0
 * @param initialAccumulatorValue at least 0
 * @param eps at least 0
 */
public record Adagrad(
    double learningRate,
    double lrDecay,
    double weightDecay,
    double initialAccumulatorValue,
    double eps)
    implements Optimizer {

  /**
   * All options at once.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Adagrad {
    Options.atLeastZero("learning rate", learningRate);
    Options.atLeastZero("decay of the learning rate", lrDecay);
    Options.atLeastZero("weight decay", weightDecay);
    Options.atLeastZero("initial accumulator value", initialAccumulatorValue);
    Options.atLeastZero("eps", eps);
  }

  /**
   * Adagrad with PyTorch's defaults: no decays, accumulators from 0, eps 1e-10.
   *
   * @param learningRate at least 0
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public static Adagrad of(double learningRate) {
    return new Adagrad(learningRate, 0, 0, 0, 1e-10);
  }

  /**
   * With this decay of the learning rate.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public Adagrad lrDecay(double lrDecay) {
    return new Adagrad(learningRate, lrDecay, weightDecay, initialAccumulatorValue, eps);
  }

  /**
   * With this L2 penalty.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public Adagrad weightDecay(double weightDecay) {
    return new Adagrad(learningRate, lrDecay, weightDecay, initialAccumulatorValue, eps);
  }

  /**
   * With sums of squares that start here.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public Adagrad initialAccumulatorValue(double initialAccumulatorValue) {
    return new Adagrad(learningRate, lrDecay, weightDecay, initialAccumulatorValue, eps);
  }

  /**
   * With this number added to the denominator.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public Adagrad eps(double eps) {
    return new Adagrad(learningRate, lrDecay, weightDecay, initialAccumulatorValue, eps);
  }

  /** The expression that makes it. */
  @Override
  public String toString() {
    return "Adagrad.of(" + learningRate + ")"
        + Options.shown("lrDecay", lrDecay, 0)
        + Options.shown("weightDecay", weightDecay, 0)
        + Options.shown("initialAccumulatorValue", initialAccumulatorValue, 0)
        + Options.shown("eps", eps, 1e-10);
  }
}
