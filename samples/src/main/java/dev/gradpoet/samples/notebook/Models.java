package dev.gradpoet.samples.notebook;

import dev.gradpoet.Activation;
import dev.gradpoet.Loss;
import dev.gradpoet.Network;

/** The networks of the notebook; each is an {@code nn.Sequential} there. */
final class Models {

  private Models() {}

  /** Cells 2 and 7: binary classification. */
  @Network(
      layers = {6, 4, 1},
      outputActivation = Activation.SIGMOID)
  interface Binary {}

  /** Cell 8: multi-class classification. */
  @Network(
      layers = {6, 4, 3},
      outputActivation = Activation.SOFTMAX)
  interface MultiClass {}

  /** Cell 9: regression. */
  @Network(layers = {6, 4, 1})
  interface Regression {}

  /** Cell 10: a small network for binary classification. */
  @Network(
      layers = {8, 1},
      outputActivation = Activation.SIGMOID)
  interface Small {}

  /** Cell 11: four linear layers, regression. */
  @Network(layers = {11, 64, 32, 16, 1})
  interface FourLayers {}

  /** Cell 12: four labels. */
  @Network(
      layers = {11, 20, 12, 6, 4},
      outputActivation = Activation.SOFTMAX)
  interface FourLabels {}

  /** Cell 18: two classes, with a loss for the backward pass. */
  @Network(
      layers = {16, 8, 4, 2},
      loss = Loss.CROSS_ENTROPY)
  interface TwoClasses {}

  /** Cell 23: a network to inspect. */
  @Network(layers = {16, 8, 2})
  interface LookInto {}
}
