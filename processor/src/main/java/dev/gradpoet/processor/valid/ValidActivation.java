package dev.gradpoet.processor.valid;

import dev.gradpoet.Activation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An activation with its options; those that are not declared have PyTorch's defaults.
 *
 * @param function the function
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

  /** The options that the function has, by PyTorch's names. */
  public Map<String, Double> options() {
    Map<String, Double> options = new LinkedHashMap<>();
    switch (function) {
      case LEAKY_RELU -> options.put("negative_slope", negativeSlope);
      case ELU, CELU -> options.put("alpha", alpha);
      case HARD_TANH -> {
        options.put("min_val", minVal);
        options.put("max_val", maxVal);
      }
      case SOFTPLUS -> {
        options.put("beta", beta);
        options.put("threshold", threshold);
      }
      case IDENTITY,
          RELU,
          SELU,
          GELU,
          GELU_TANH,
          SILU,
          MISH,
          SIGMOID,
          LOG_SIGMOID,
          HARD_SIGMOID,
          HARD_SWISH,
          RELU6,
          SOFTSIGN,
          TANH,
          SOFTMAX,
          LOG_SOFTMAX -> {
        // no options
      }
    }
    return Collections.unmodifiableMap(options);
  }
}
