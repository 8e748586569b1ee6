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
    atLeastZero("learning rate", learningRate);
    atLeastZero("momentum", momentum);
    atLeastZero("weight decay", weightDecay);
    if (!Double.isFinite(dampening)) {
      throw new IllegalArgumentException(
          "the dampening is " + dampening + ", expected a finite number");
    }
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
   * Checks that the options fit each other; a trainer does it when it is made, because they may be given in any order.
   *
   * @return this
   * @throws IllegalArgumentException if Nesterov's momentum is asked for without momentum, or with dampening
   */
  public Sgd checked() {
    if (nesterov && (momentum == 0 || dampening != 0)) {
      throw new IllegalArgumentException("Nesterov's momentum with momentum " + momentum
          + " and dampening " + dampening + ", expected a momentum above 0 and no dampening");
    }
    return this;
  }

  private static void atLeastZero(String what, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the " + what + " is " + value + ", expected a finite number of at least 0");
    }
  }

  /** The expression that makes it: {@code Sgd.of(0.1).momentum(0.9)}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Sgd.of(").append(learningRate).append(')');
    append(text, "momentum", momentum);
    append(text, "dampening", dampening);
    append(text, "weightDecay", weightDecay);
    if (nesterov) {
      text.append(".nesterov(true)");
    }
    if (maximize) {
      text.append(".maximize(true)");
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String option, double value) {
    if (value != 0) {
      text.append('.').append(option).append('(').append(value).append(')');
    }
  }
}
