package dev.gradpoet.spark;

import dev.gradpoet.Activation;
import dev.gradpoet.BatchNorm;
import dev.gradpoet.Concat;
import dev.gradpoet.DType;
import dev.gradpoet.Dropout;
import dev.gradpoet.Input;
import dev.gradpoet.Linear;
import dev.gradpoet.Loss;
import dev.gradpoet.LossOptions;
import dev.gradpoet.Network;
import dev.gradpoet.Reduction;
import dev.gradpoet.runtime.Layer;

/** The networks of the tests. */
final class Nets {

  private Nets() {}

  /** Three classes. */
  @Network(
      layers = {4, 16, 3},
      activation = Activation.TANH,
      loss = Loss.CROSS_ENTROPY)
  interface Classes {}

  /** All that draws numbers or keeps statistics. */
  @Network(input = 4, loss = Loss.CROSS_ENTROPY)
  interface Noisy {
    @Linear(out = 16)
    Layer first();

    @BatchNorm(activation = Activation.RELU)
    Layer norm();

    @Dropout(p = 0.3)
    Layer drop();

    @Linear(out = 3)
    Layer last();
  }

  /** One logit. */
  @Network(
      layers = {4, 8, 1},
      activation = Activation.RELU,
      loss = Loss.BCE_WITH_LOGITS)
  interface Logit {}

  /** One probability. */
  @Network(
      layers = {4, 8, 1},
      activation = Activation.RELU,
      outputActivation = Activation.SIGMOID,
      loss = Loss.BCE)
  interface Probability {}

  /** Two logits. */
  @Network(
      layers = {4, 8, 2},
      activation = Activation.RELU,
      loss = Loss.CROSS_ENTROPY)
  interface TwoLogits {}

  /** The logarithms of two probabilities. */
  @Network(
      layers = {4, 8, 2},
      activation = Activation.RELU,
      outputActivation = Activation.LOG_SOFTMAX,
      loss = Loss.NLL)
  interface TwoLogarithms {}

  /** Regression in double. */
  @Network(
      layers = {4, 12, 1},
      activation = Activation.TANH,
      loss = Loss.MSE,
      dtype = DType.FLOAT64)
  interface Line {}

  /** Classes that do not count alike, in double. */
  @Network(
      layers = {4, 3},
      loss = Loss.CROSS_ENTROPY,
      dtype = DType.FLOAT64)
  @LossOptions(classWeights = {0.1, 2, 0.7})
  interface Weighted {}

  /** A class that does not count, in double. */
  @Network(
      layers = {4, 3},
      outputActivation = Activation.LOG_SOFTMAX,
      loss = Loss.NLL,
      dtype = DType.FLOAT64)
  @LossOptions(ignoreIndex = 0)
  interface Ignoring {}

  /** A sum over rows. */
  @Network(
      layers = {4, 3},
      loss = Loss.CROSS_ENTROPY)
  @LossOptions(reduction = Reduction.SUM)
  interface Summed {}

  /** A sum over rows of values. */
  @Network(
      layers = {4, 1},
      loss = Loss.HUBER)
  @LossOptions(reduction = Reduction.SUM)
  interface SummedValues {}

  /** Trained by nothing. */
  @Network(layers = {4, 3})
  interface Lossless {}

  /** Two numbers. */
  @Network(
      layers = {4, 2},
      loss = Loss.MSE)
  interface TwoValues {}

  /** Two inputs. */
  @Network(loss = Loss.MSE)
  interface TwoInputs {
    @Input(4)
    Layer left();

    @Input(4)
    Layer right();

    @Concat(from = {"left", "right"})
    Layer both();

    @Linear(out = 1)
    Layer result();
  }
}
