package dev.gradpoet.runtime;

/** How a trainer updates parameters. An immutable value; the state for each parameter belongs to the trainer. */
public sealed interface Optimizer permits Sgd, Adam, AdamW, RmsProp, Adagrad {

  /** The learning rate that a trainer starts with. */
  double learningRate();

  /**
   * Checks that the options are compatible with each other. The constructor of a trainer calls this, because options may be set in any order.
   *
   * @return this
   * @throws IllegalArgumentException if they are not
   */
  default Optimizer checked() {
    return this;
  }
}
