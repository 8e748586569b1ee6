package dev.gradpoet.processor.validate;

import dev.gradpoet.Activation;

/**
 * An activation with its options, PyTorch's defaults where none is written.
 *
 * @param function which
 * @param negativeSlope of LEAKY_RELU
 * @param alpha of ELU and CELU
 * @param minVal of HARD_TANH
 * @param maxVal of HARD_TANH
 * @param beta of SOFTPLUS
 * @param threshold of SOFTPLUS
 */
public record ValidActivation(
    Activation function,
    double negativeSlope,
    double alpha,
    double minVal,
    double maxVal,
    double beta,
    double threshold) {

  /** An activation without options. */
  public static ValidActivation of(Activation function) {
    return new ValidActivation(function, 0.01, 1, -1, 1, 1, 20);
  }
}
