package dev.gradpoet.runtime;

/** How a trainer turns gradients into new parameters: an immutable value. What it remembers between updates belongs to the trainer. */
public sealed interface Optimizer permits Sgd {

  /** The learning rate that a trainer starts with. */
  double learningRate();
}
