package dev.gradpoet.onnx.net;

import dev.gradpoet.onnx.wire.ElementType;
import java.util.List;

/**
 * A network that was imported.
 *
 * @param input its input
 * @param inputName what the model calls it
 * @param layers in the order of their declaration, the output last
 * @param type {@code FLOAT} or {@code DOUBLE}
 * @param inputOrder where the values of a row are in a row of the model: empty if the rows are the same
 * @param inputDims the sizes of a row in the model
 * @param outputName what the model calls the output
 * @param outputDims the sizes of an output row in the model
 */
public record Net(
    NetLayer input,
    String inputName,
    List<NetLayer> layers,
    ElementType type,
    int[] inputOrder,
    int[] inputDims,
    String outputName,
    int[] outputDims) {

  /** Copies the lists. */
  public Net {
    layers = List.copyOf(layers);
  }
}
