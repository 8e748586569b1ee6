package dev.gradpoet.benchmarks.models;

import dev.gradpoet.Activation;
import dev.gradpoet.Conv2d;
import dev.gradpoet.Flatten;
import dev.gradpoet.Linear;
import dev.gradpoet.MaxPool2d;
import dev.gradpoet.Network;
import dev.gradpoet.runtime.Layer;

/**
 * Imported from ort-mnist-cntk.onnx. Reads Input3 [1, 28, 28] and computes Plus214_Output_0 [10].
 *
 * <p>SHA-256 of ort-mnist-cntk.onnx: 2f06e72de813a8635c9bc0397ac447a601bdbfa7df4bebc278723b958831c9bf
 */
@Network(input = {1, 28, 28})
public interface OrtMnist {

  @Conv2d(out = 8, kernel = 5, padding = 2, activation = Activation.RELU) Layer Convolution28();

  @MaxPool2d(kernel = 2) Layer pool();

  @Conv2d(out = 16, kernel = 5, padding = 2, activation = Activation.RELU) Layer Convolution110();

  @MaxPool2d(kernel = 3) Layer pool2();

  @Flatten Layer flat();

  @Linear(out = 10) Layer Times212();
}
