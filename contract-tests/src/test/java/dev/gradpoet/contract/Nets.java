package dev.gradpoet.contract;

import dev.gradpoet.Activation;
import dev.gradpoet.Add;
import dev.gradpoet.Concat;
import dev.gradpoet.DType;
import dev.gradpoet.Dropout;
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

  /** What dropout leaves of a linear layer. */
  @Network(input = 6)
  interface Masked {
    @Linear(out = 6)
    Layer full();

    @Dropout(p = 0.3)
    Layer masked();
  }

  /** Dropout of the input, of a value that another layer reads too, before an activation and behind another dropout. */
  @Network(input = 6, loss = Loss.MSE)
  interface Dropping {
    @Dropout(p = 0.2)
    Layer input1();

    @Linear(out = 6, activation = Activation.RELU)
    Layer first();

    @Dropout(p = 0.4, activation = Activation.GELU)
    Layer second();

    @Dropout
    Layer third();

    @Add(from = {"third", "first"})
    Layer sum();

    @Dropout(p = 0.1, activation = Activation.TANH)
    Layer fourth();

    @Linear(out = 3)
    Layer result();
  }

  /** {@link Dropping} with probabilities of 0. */
  @Network(input = 6, loss = Loss.MSE)
  interface Undropped {
    @Dropout(p = 0)
    Layer input1();

    @Linear(out = 6, activation = Activation.RELU)
    Layer first();

    @Dropout(p = 0, activation = Activation.GELU)
    Layer second();

    @Dropout(p = 0)
    Layer third();

    @Add(from = {"third", "first"})
    Layer sum();

    @Dropout(p = 0, activation = Activation.TANH)
    Layer fourth();

    @Linear(out = 3)
    Layer result();
  }

  /** Probabilities of 0 and of 1. */
  @Network(input = 3, dtype = DType.FLOAT64)
  interface Extremes {
    @Linear(out = 2)
    Layer none();

    @Dropout(p = 0)
    Layer noneDropped();

    @Linear(out = 2, from = "input")
    Layer all();

    @Dropout(p = 1)
    Layer allDropped();

    @Concat(from = {"noneDropped", "allDropped"})
    Layer both();
  }

  /** A network inside an interface inside a class. */
  interface Deeper {
    @Network(
        layers = {2, 2},
        loss = Loss.MSE)
    interface Down {}
  }
}
