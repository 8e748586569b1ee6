package dev.gradpoet.onnx.net;

import dev.gradpoet.onnx.wire.ElementType;
import java.util.List;

/**
 * A network that was imported.
 *
 * @param inputs in the order of the model
 * @param layers in the order of their declaration, the output last
 * @param type {@code FLOAT} or {@code DOUBLE}
 * @param outputName what the model calls the output
 * @param outputDims the sizes of an output row in the model
 */
public record Net(
    List<NetInput> inputs,
    List<NetLayer> layers,
    ElementType type,
    String outputName,
    int[] outputDims) {

  /** Copies the lists. */
  public Net {
    inputs = List.copyOf(inputs);
    layers = List.copyOf(layers);
  }

  /** Whether the declaration needs no method for its input: there is one, of numbers. */
  public boolean hasUnnamedInput() {
    return inputs.size() == 1 && inputs.get(0).classes() == 0;
  }
}
