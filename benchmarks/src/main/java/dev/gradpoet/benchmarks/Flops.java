package dev.gradpoet.benchmarks;

import dev.gradpoet.runtime.Architecture;
import dev.gradpoet.runtime.Layer;
import java.util.Arrays;
import java.util.Set;

/**
 * The floating-point operations of the products of a network for one row, two for each weight at each position of the output. Products with padding
 * count, other operations don't.
 *
 * @param forward those of the outputs
 * @param step those of a step: the outputs, the gradient of each weight, and the gradient of the input of each layer that reads other layers with weights
 */
public record Flops(long forward, long step) {

  private static final Set<String> PRODUCTS = Set.of("Linear", "Conv2d");

  /** Those of a network whose layers are in a row. */
  public static Flops of(Architecture architecture) {
    long forward = 0;
    long first = 0;
    for (Layer layer : architecture.layers()) {
      if (PRODUCTS.contains(layer.type())) {
        long flops = 2L * layer.weight().size() * positions(layer);
        first = forward == 0 ? flops : first;
        forward += flops;
      }
    }
    return new Flops(forward, 3 * forward - first);
  }

  /** How often each weight is used: once in a linear layer, once for each pixel of the output of a convolution. */
  private static int positions(Layer layer) {
    int outputs = layer.weight().shape()[0];
    return Arrays.stream(layer.shape()).reduce(1, Math::multiplyExact) / outputs;
  }
}
