package dev.gradpoet.runtime;

/**
 * Stochastic gradient descent, as <a href="https://pytorch.org/docs/stable/generated/torch.optim.SGD.html">torch.optim.SGD</a>. For
 * each parameter w with gradient g:
 *
 * <pre>
 * d = g, or -g to maximize
 * d = d + weightDecay w
 * with momentum: v = d in the first update, then v = momentum v + (1 - dampening) d
 *                d = v, or d + momentum v for Nesterov's
 * w = w - learningRate d
 * </pre>
 *
 * <p>An immutable value: each method returns a new one.
 *
 * @param learningRate at least 0
 * @param momentum at least 0
 * @param dampening any finite number
 * @param weightDecay at least 0
 * @param nesterov whether Nesterov's momentum is used; needs momentum above 0 and no dampening
 * @param maximize whether the loss is maximized
 */
public record Sgd(
    double learningRate,
    double momentum,
    double dampening,
    double weightDecay,
    boolean nesterov,
    boolean maximize)
    implements Optimizer {

  /**
   * All options at once.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Sgd {
    Options.atLeastZero("learning rate", learningRate);
    Options.atLeastZero("momentum", momentum);
    Options.atLeastZero("weight decay", weightDecay);
    Options.finite("dampening", dampening);
  }

  /**
   * Plain gradient descent.
   *
   * @param learningRate at least 0
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public static Sgd of(double learningRate) {
    return new Sgd(learningRate, 0, 0, 0, false, false);
  }

  /**
   * With this momentum.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public Sgd momentum(double momentum) {
    return new Sgd(learningRate, momentum, dampening, weightDecay, nesterov, maximize);
  }

  /**
   * With this dampening of what the gradient adds to the momentum.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  public Sgd dampening(double dampening) {
    return new Sgd(learningRate, momentum, dampening, weightDecay, nesterov, maximize);
  }

  /**
   * With this L2 penalty.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public Sgd weightDecay(double weightDecay) {
    return new Sgd(learningRate, momentum, dampening, weightDecay, nesterov, maximize);
  }

  /** With Nesterov's momentum or without. */
  public Sgd nesterov(boolean nesterov) {
    return new Sgd(learningRate, momentum, dampening, weightDecay, nesterov, maximize);
  }

  /** Maximizing the loss or minimizing it. */
  public Sgd maximize(boolean maximize) {
    return new Sgd(learningRate, momentum, dampening, weightDecay, nesterov, maximize);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if Nesterov's momentum is asked for without momentum, or with dampening
   */
  @Override
  public Sgd checked() {
    if (nesterov && (momentum == 0 || dampening != 0)) {
      throw new IllegalArgumentException("Nesterov's momentum with momentum " + momentum
          + " and dampening " + dampening + ", expected a momentum above 0 and no dampening");
    }
    return this;
  }

  /** The expression that makes it: {@code Sgd.of(0.1).momentum(0.9)}. */
  @Override
  public String toString() {
    return "Sgd.of(" + learningRate + ")"
        + Options.shown("momentum", momentum, 0)
        + Options.shown("dampening", dampening, 0)
        + Options.shown("weightDecay", weightDecay, 0)
        + Options.shown("nesterov", nesterov)
        + Options.shown("maximize", maximize);
  }
}
