package dev.gradpoet.contract.start;

import dev.gradpoet.Activation;
import dev.gradpoet.Conv2d;
import dev.gradpoet.DType;
import dev.gradpoet.Flatten;
import dev.gradpoet.Init;
import dev.gradpoet.Input;
import dev.gradpoet.Linear;
import dev.gradpoet.Loss;
import dev.gradpoet.MaxPool2d;
import dev.gradpoet.Network;
import dev.gradpoet.runtime.Layer;

/** Programs that end with the first prediction of a network, or without one. */
final class StartProgram {

  private StartProgram() {}

  @Network(
      layers = {64, 32, 10},
      activation = Activation.RELU,
      loss = Loss.CROSS_ENTROPY)
  interface Stack {}

  @Network(
      layers = {20, 70, 2},
      activation = Activation.TANH,
      init = Init.KAIMING_NORMAL_RELU,
      loss = Loss.MSE,
      dtype = DType.FLOAT64)
  interface Doubles {}

  @Network(
      input = {1, 12, 12},
      loss = Loss.CROSS_ENTROPY)
  interface Images {
    @Conv2d(out = 4, kernel = 3, padding = 1, activation = Activation.RELU)
    Layer conv();

    @MaxPool2d(kernel = 2)
    Layer pool();

    @Flatten
    Layer flat();

    @Linear(out = 10)
    Layer logits();
  }

  @Network(loss = Loss.BCE_WITH_LOGITS)
  interface Inputs {
    @Input(4)
    Layer numbers();

    @Input(value = 2, classes = 10)
    Layer categories();

    @dev.gradpoet.Embedding(dim = 3, from = "categories")
    Layer embedded();

    @Flatten
    Layer flat();

    @dev.gradpoet.Concat(from = {"numbers", "flat"})
    Layer all();

    @Linear(out = 1)
    Layer click();
  }

  /** Prints {@code true} if the outputs are numbers. */
  public static void main(String[] args) {
    boolean fine = true;
    if (args[0].equals("vector")) {
      fine = Vectors.evaluate() == 0;
    } else if (args[0].equals("Stack")) {
      float[] y = new float[10];
      new StartProgram_StackNetwork(1).predictor().forward(new float[64], y);
      fine = y[0] == y[0];
    } else if (args[0].equals("Doubles")) {
      double[] y = new double[2];
      new StartProgram_DoublesNetwork(1).predictor().forward(new double[20], y);
      fine = y[0] == y[0];
    } else if (args[0].equals("Images")) {
      float[] y = new float[10];
      new StartProgram_ImagesNetwork(1).predictor().forward(new float[144], y);
      fine = y[0] == y[0];
    } else if (args[0].equals("Inputs")) {
      float[] y = new float[1];
      new StartProgram_InputsNetwork(1).predictor().forward(new float[4], new int[2], y);
      fine = y[0] == y[0];
    }
    System.out.println(fine);
  }
}
