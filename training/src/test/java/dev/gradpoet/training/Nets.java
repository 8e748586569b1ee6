package dev.gradpoet.training;

import dev.gradpoet.Activation;
import dev.gradpoet.BatchNorm;
import dev.gradpoet.DType;
import dev.gradpoet.Dropout;
import dev.gradpoet.Flatten;
import dev.gradpoet.Linear;
import dev.gradpoet.Loss;
import dev.gradpoet.LossOptions;
import dev.gradpoet.Network;
import dev.gradpoet.Normalization;
import dev.gradpoet.runtime.Layer;

/** The networks that the tests of this package train. */
final class Nets {

  private Nets() {}

  /** A classifier. */
  @Network(
      layers = {4, 16, 3},
      activation = Activation.RELU,
      loss = Loss.CROSS_ENTROPY)
  interface Classes {}

  /** The same layers with another loss. */
  @Network(
      layers = {4, 16, 3},
      activation = Activation.RELU,
      loss = Loss.CROSS_ENTROPY)
  @LossOptions(labelSmoothing = 0.1)
  interface Smoothed {}

  /** Dropout and batch normalization. */
  @Network(input = 4, loss = Loss.CROSS_ENTROPY)
  interface Noisy {
    @Linear(out = 8)
    Layer hidden();

    @BatchNorm(activation = Activation.RELU)
    Layer norm();

    @Dropout(p = 0.3)
    Layer drop();

    @Linear(out = 3)
    Layer logits();
  }

  /** More classes than a confusion matrix shows. */
  @Network(
      layers = {4, 40},
      loss = Loss.CROSS_ENTROPY)
  interface Many {}

  /** One logit. */
  @Network(
      layers = {4, 6, 1},
      activation = Activation.TANH,
      loss = Loss.BCE_WITH_LOGITS)
  interface Logit {}

  /** A regression in double. */
  @Network(
      layers = {4, 6, 2},
      activation = Activation.TANH,
      loss = Loss.MSE,
      dtype = DType.FLOAT64)
  interface Doubles {}

  /** Three labels, any of which a row may have. */
  @Network(
      layers = {4, 6, 3},
      loss = Loss.BCE_WITH_LOGITS)
  interface Labels {}

  /** A linear regression of one output. */
  @Network(
      layers = {4, 1},
      loss = Loss.MSE)
  interface Line {}

  /** Weighted classes, one of which is ignored. */
  @Network(
      layers = {4, 3},
      loss = Loss.CROSS_ENTROPY)
  @LossOptions(
      classWeights = {1, 2, 3},
      ignoreIndex = -100)
  interface Weighted {}

  /** One logit of numbers that are not scaled. */
  @Network(input = 4, loss = Loss.BCE_WITH_LOGITS)
  interface Passengers {
    @Normalization
    Layer scaled();

    @Linear(out = 8, activation = Activation.RELU)
    Layer hidden();

    @Linear(out = 1)
    Layer logit();
  }

  /** Numbers that are scaled, then normalized over the rows of a batch. */
  @Network(input = 4, loss = Loss.CROSS_ENTROPY)
  interface Scaled {
    @Normalization
    Layer scaled();

    @BatchNorm
    Layer norm();

    @Linear(out = 3)
    Layer logits();
  }

  /** Batch normalization of maps, which a single row has enough values for. */
  @Network(
      input = {1, 2, 2},
      loss = Loss.CROSS_ENTROPY)
  interface Maps {
    @BatchNorm
    Layer norm();

    @Flatten
    Layer flat();

    @Linear(out = 3)
    Layer logits();
  }

  /** Grey images. */
  @Network(
      input = {1, 4, 4},
      loss = Loss.CROSS_ENTROPY)
  interface Images {
    @Flatten
    Layer flat();

    @Linear(out = 3)
    Layer logits();
  }

  /** No loss. */
  @Network(layers = {4, 3})
  interface Lossless {}
}
