package dev.gradpoet.benchmarks;

import dev.gradpoet.Activation;
import dev.gradpoet.Conv2d;
import dev.gradpoet.Flatten;
import dev.gradpoet.GlobalAvgPool;
import dev.gradpoet.Init;
import dev.gradpoet.Linear;
import dev.gradpoet.Loss;
import dev.gradpoet.MaxPool2d;
import dev.gradpoet.Network;
import dev.gradpoet.runtime.Layer;

/**
 * The networks that are measured: relu after all layers with weights but the last, with cross entropy as the loss, or mean squared error for a single
 * output. The deeper ones have larger weights than PyTorch's default, with which their outputs would hardly depend on the input, and all systems agree.
 */
final class Networks {

  private Networks() {}

  @Network(
      layers = {4, 16, 3},
      activation = Activation.RELU,
      loss = Loss.CROSS_ENTROPY)
  interface N4_16_3 {}

  @Network(
      layers = {11, 64, 32, 16, 1},
      activation = Activation.RELU,
      loss = Loss.MSE)
  interface N11_64_32_16_1 {}

  @Network(
      layers = {64, 32, 10},
      activation = Activation.RELU,
      loss = Loss.CROSS_ENTROPY)
  interface N64_32_10 {}

  @Network(
      layers = {784, 128, 10},
      activation = Activation.RELU,
      loss = Loss.CROSS_ENTROPY)
  interface N784_128_10 {}

  @Network(
      layers = {784, 512, 512, 10},
      activation = Activation.RELU,
      loss = Loss.CROSS_ENTROPY)
  interface N784_512_512_10 {}

  @Network(
      layers = {1024, 1024, 1024, 10},
      activation = Activation.RELU,
      loss = Loss.CROSS_ENTROPY)
  interface N1024_1024_1024_10 {}

  @Network(
      layers = {4096, 4096, 4096, 10},
      activation = Activation.RELU,
      init = Init.KAIMING_UNIFORM_RELU,
      loss = Loss.CROSS_ENTROPY)
  interface N4096_4096_4096_10 {}

  @Network(
      layers = {8, 8, 2},
      activation = Activation.RELU,
      loss = Loss.CROSS_ENTROPY)
  interface N8_8_2 {}

  @Network(
      layers = {16, 16, 4},
      activation = Activation.RELU,
      loss = Loss.CROSS_ENTROPY)
  interface N16_16_4 {}

  @Network(
      layers = {32, 32, 8},
      activation = Activation.RELU,
      loss = Loss.CROSS_ENTROPY)
  interface N32_32_8 {}

  @Network(
      layers = {64, 64, 16},
      activation = Activation.RELU,
      loss = Loss.CROSS_ENTROPY)
  interface N64_64_16 {}

  @Network(
      layers = {10, 40, 40, 10},
      activation = Activation.RELU,
      loss = Loss.CROSS_ENTROPY)
  interface N10_40_40_10 {}

  @Network(
      layers = {10, 41, 41, 10},
      activation = Activation.RELU,
      loss = Loss.CROSS_ENTROPY)
  interface N10_41_41_10 {}

  @Network(
      layers = {10, 42, 42, 10},
      activation = Activation.RELU,
      loss = Loss.CROSS_ENTROPY)
  interface N10_42_42_10 {}

  @Network(
      layers = {10, 43, 43, 10},
      activation = Activation.RELU,
      loss = Loss.CROSS_ENTROPY)
  interface N10_43_43_10 {}

  @Network(
      layers = {10, 44, 44, 10},
      activation = Activation.RELU,
      loss = Loss.CROSS_ENTROPY)
  interface N10_44_44_10 {}

  @Network(
      layers = {10, 45, 45, 10},
      activation = Activation.RELU,
      loss = Loss.CROSS_ENTROPY)
  interface N10_45_45_10 {}

  @Network(
      layers = {10, 46, 46, 10},
      activation = Activation.RELU,
      loss = Loss.CROSS_ENTROPY)
  interface N10_46_46_10 {}

  @Network(
      layers = {10, 47, 47, 10},
      activation = Activation.RELU,
      loss = Loss.CROSS_ENTROPY)
  interface N10_47_47_10 {}

  @Network(
      layers = {10, 48, 48, 10},
      activation = Activation.RELU,
      loss = Loss.CROSS_ENTROPY)
  interface N10_48_48_10 {}

  @Network(
      layers = {10, 49, 49, 10},
      activation = Activation.RELU,
      loss = Loss.CROSS_ENTROPY)
  interface N10_49_49_10 {}

  @Network(
      layers = {10, 50, 50, 10},
      activation = Activation.RELU,
      loss = Loss.CROSS_ENTROPY)
  interface N10_50_50_10 {}

  /** LeNet-5 with relu and max pooling. */
  @Network(
      input = {1, 28, 28},
      init = Init.KAIMING_UNIFORM_RELU,
      loss = Loss.CROSS_ENTROPY)
  interface LeNet5 {
    @Conv2d(out = 6, kernel = 5, padding = 2, activation = Activation.RELU)
    Layer conv1();

    @MaxPool2d(kernel = 2)
    Layer pool1();

    @Conv2d(out = 16, kernel = 5, activation = Activation.RELU)
    Layer conv2();

    @MaxPool2d(kernel = 2)
    Layer pool2();

    @Flatten
    Layer flat();

    @Linear(out = 120, activation = Activation.RELU)
    Layer fc1();

    @Linear(out = 84, activation = Activation.RELU)
    Layer fc2();

    @Linear(out = 10)
    Layer logits();
  }

  /** A classifier of MNIST: mnist.onnx of github.com/microsoft/onnxruntime-inference-examples, written by CNTK. */
  @Network(
      input = {1, 28, 28},
      init = Init.KAIMING_UNIFORM_RELU,
      loss = Loss.CROSS_ENTROPY)
  interface Mnist8_16_10 {
    @Conv2d(out = 8, kernel = 5, padding = 2, activation = Activation.RELU)
    Layer conv1();

    @MaxPool2d(kernel = 2)
    Layer pool1();

    @Conv2d(out = 16, kernel = 5, padding = 2, activation = Activation.RELU)
    Layer conv2();

    @MaxPool2d(kernel = 3)
    Layer pool2();

    @Flatten
    Layer flat();

    @Linear(out = 10)
    Layer logits();
  }

  /** The small DS-CNN of Zhang et al., Hello Edge (arXiv 1711.07128), for twelve spoken words: 49 frames of ten coefficients, batch norms folded. */
  @Network(
      input = {1, 49, 10},
      init = Init.KAIMING_UNIFORM_RELU,
      loss = Loss.CROSS_ENTROPY)
  interface DsCnn {
    @Conv2d(
        out = 64,
        kernel = {10, 4},
        stride = 2,
        padding = {5, 1},
        activation = Activation.RELU)
    Layer conv();

    @Conv2d(out = 64, kernel = 3, padding = 1, groups = 64, activation = Activation.RELU)
    Layer depthwise1();

    @Conv2d(out = 64, kernel = 1, activation = Activation.RELU)
    Layer pointwise1();

    @Conv2d(out = 64, kernel = 3, padding = 1, groups = 64, activation = Activation.RELU)
    Layer depthwise2();

    @Conv2d(out = 64, kernel = 1, activation = Activation.RELU)
    Layer pointwise2();

    @Conv2d(out = 64, kernel = 3, padding = 1, groups = 64, activation = Activation.RELU)
    Layer depthwise3();

    @Conv2d(out = 64, kernel = 1, activation = Activation.RELU)
    Layer pointwise3();

    @Conv2d(out = 64, kernel = 3, padding = 1, groups = 64, activation = Activation.RELU)
    Layer depthwise4();

    @Conv2d(out = 64, kernel = 1, activation = Activation.RELU)
    Layer pointwise4();

    @GlobalAvgPool
    Layer pool();

    @Flatten
    Layer flat();

    @Linear(out = 12)
    Layer logits();
  }
}
