package dev.gradpoet.runtime;

/** How a trainer updates parameters: an immutable value; what it remembers of each parameter belongs to the trainer. */
public sealed interface Optimizer permits Sgd, Adam, AdamW, RmsProp, Adagrad {

  /** The learning rate that a trainer starts with. */
  double learningRate();

  /**
   * Checks that the options fit each other; a trainer does it when it is made, because they may be given in any order.
   *
   * @return this
   * @throws IllegalArgumentException if they do not
   */
  default Optimizer checked() {
    return this;
  }
}
