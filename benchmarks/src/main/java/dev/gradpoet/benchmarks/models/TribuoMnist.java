package dev.gradpoet.benchmarks.models;

import dev.gradpoet.Activate;
import dev.gradpoet.Activation;
import dev.gradpoet.Conv2d;
import dev.gradpoet.Flatten;
import dev.gradpoet.Linear;
import dev.gradpoet.MaxPool2d;
import dev.gradpoet.Network;
import dev.gradpoet.runtime.Layer;

/**
 * Imported from tribuo-pytorch-cnn-mnist.onnx. Reads input_image [1, 28, 28] and computes output_probs [10].
 *
 * <p>SHA-256 of tribuo-pytorch-cnn-mnist.onnx: 81602d5ede13305af0974c2d0659e2c861cacc0cb50bde550c1663c796352e08
 */
@Network(input = {1, 28, 28})
public interface TribuoMnist {

  @Conv2d(out = 10, kernel = 5) Layer conv1();

  @MaxPool2d(kernel = 2, activation = Activation.RELU) Layer pool();

  @Conv2d(out = 20, kernel = 5) Layer conv2();

  @MaxPool2d(kernel = 2, activation = Activation.RELU) Layer pool2();

  @Flatten Layer flat();

  @Linear(out = 50, activation = Activation.RELU) Layer fc1();

  @Linear(out = 10, activation = Activation.RELU) Layer fc2();

  @Activate(Activation.LOG_SOFTMAX) Layer activation();
}
