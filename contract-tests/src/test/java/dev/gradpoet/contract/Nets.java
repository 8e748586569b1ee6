package dev.gradpoet.contract;

import dev.gradpoet.Activation;
import dev.gradpoet.Add;
import dev.gradpoet.Concat;
import dev.gradpoet.DType;
import dev.gradpoet.Linear;
import dev.gradpoet.Loss;
import dev.gradpoet.LossOptions;
import dev.gradpoet.Network;
import dev.gradpoet.Reduction;
import dev.gradpoet.runtime.Layer;

/** The networks that the tests of this package run: small, but with an increasing width, a branch and a merge where it matters. */
final class Nets {

  private Nets() {}

  /** A plain stack that is a classifier. */
  @Network(
      layers = {5, 33, 4},
      activation = Activation.TANH,
      loss = Loss.CROSS_ENTROPY)
  interface Classes {}

  /** A residual connection, a branch and a Concat, in double. */
  @Network(input = 6, loss = Loss.MSE, dtype = DType.FLOAT64)
  interface Branches {
    @Linear(out = 19, activation = Activation.RELU)
    Layer first();

    @Linear(out = 19, bias = false)
    Layer second();

    @Add(
        from = {"first", "second"},
        activation = Activation.TANH)
    Layer residual();

    @Concat(from = {"residual", "input", "first"})
    Layer joined();

    @Linear(out = 3)
    Layer result();
  }

  /** One probability. */
  @Network(
      layers = {3, 8, 1},
      activation = Activation.RELU,
      outputActivation = Activation.SIGMOID,
      loss = Loss.BCE)
  @LossOptions(reduction = Reduction.SUM)
  interface Probability {}

  /** Unreduced losses, of class indices and of dense targets. */
  @Network(
      layers = {4, 3},
      loss = Loss.CROSS_ENTROPY)
  @LossOptions(reduction = Reduction.NONE, ignoreIndex = 1)
  interface EachRow {}

  /** Unreduced losses of dense targets. */
  @Network(
      layers = {4, 3},
      loss = Loss.HUBER)
  @LossOptions(reduction = Reduction.NONE)
  interface EachValue {}

  /** No loss: trained with gradients that the caller passes. */
  @Network(
      layers = {4, 3},
      outputActivation = Activation.SOFTMAX)
  interface Lossless {}

  /** A network inside an interface inside a class. */
  interface Deeper {
    @Network(
        layers = {2, 2},
        loss = Loss.MSE)
    interface Down {}
  }
}
