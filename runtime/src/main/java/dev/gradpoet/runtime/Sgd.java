package dev.gradpoet.runtime;

import java.util.List;

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
 * <p>An immutable value: each method with a parameter returns a new one.
 */
public final class Sgd implements Optimizer {

  private final double learningRate;
  private final double momentum;
  private final double dampening;
  private final double weightDecay;
  private final boolean nesterov;
  private final boolean maximize;

  private Sgd(
      double learningRate,
      double momentum,
      double dampening,
      double weightDecay,
      boolean nesterov,
      boolean maximize) {
    this.learningRate = learningRate;
    this.momentum = momentum;
    this.dampening = dampening;
    this.weightDecay = weightDecay;
    this.nesterov = nesterov;
    this.maximize = maximize;
  }

  /**
   * Plain gradient descent.
   *
   * @param learningRate at least 0
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public static Sgd of(double learningRate) {
    return new Sgd(Options.atLeastZero("learning rate", learningRate), 0, 0, 0, false, false);
  }

  /**
   * With this momentum.
   *
   * @param momentum at least 0
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public Sgd momentum(double momentum) {
    return new Sgd(
        learningRate,
        Options.atLeastZero("momentum", momentum),
        dampening,
        weightDecay,
        nesterov,
        maximize);
  }

  /**
   * With this dampening of the gradient's contribution to the momentum.
   *
   * @param dampening any finite number
   * @throws IllegalArgumentException if it is not finite
   */
  public Sgd dampening(double dampening) {
    return new Sgd(
        learningRate,
        momentum,
        Options.finite("dampening", dampening),
        weightDecay,
        nesterov,
        maximize);
  }

  /**
   * With this L2 penalty.
   *
   * @param weightDecay at least 0
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public Sgd weightDecay(double weightDecay) {
    return new Sgd(
        learningRate,
        momentum,
        dampening,
        Options.atLeastZero("weight decay", weightDecay),
        nesterov,
        maximize);
  }

  /** With or without Nesterov's momentum, which requires a momentum above 0 and no dampening. */
  public Sgd nesterov(boolean nesterov) {
    return new Sgd(learningRate, momentum, dampening, weightDecay, nesterov, maximize);
  }

  /** Whether to maximize the loss instead of minimizing it. */
  public Sgd maximize(boolean maximize) {
    return new Sgd(learningRate, momentum, dampening, weightDecay, nesterov, maximize);
  }

  @Override
  public double learningRate() {
    return learningRate;
  }

  /** The momentum. */
  public double momentum() {
    return momentum;
  }

  /** The dampening of the gradient's contribution to the momentum. */
  public double dampening() {
    return dampening;
  }

  /** The L2 penalty. */
  public double weightDecay() {
    return weightDecay;
  }

  /** Whether Nesterov's momentum is used. */
  public boolean nesterov() {
    return nesterov;
  }

  /** Whether the loss is maximized. */
  public boolean maximize() {
    return maximize;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if Nesterov's momentum is set without momentum, or with dampening
   */
  @Override
  public Sgd checked() {
    if (nesterov && (momentum == 0 || dampening != 0)) {
      throw new IllegalArgumentException("Nesterov's momentum with momentum " + momentum
          + " and dampening " + dampening + ", expected a momentum above 0 and no dampening");
    }
    return this;
  }

  /** Whether it is a Sgd with the same options. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Sgd that && options().equals(that.options());
  }

  @Override
  public int hashCode() {
    return options().hashCode();
  }

  private List<Object> options() {
    return List.of(learningRate, momentum, dampening, weightDecay, nesterov, maximize);
  }

  /** The expression that creates it: {@code Sgd.of(0.1).momentum(0.9)}. */
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
