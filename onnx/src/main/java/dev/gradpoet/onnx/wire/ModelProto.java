package dev.gradpoet.onnx.wire;

import java.util.List;

/**
 * A whole file.
 *
 * @param producer the program that wrote it, with its version
 */
public record ModelProto(
    long irVersion,
    String producer,
    List<OperatorSetIdProto> opsets,
    GraphProto graph,
    List<FunctionProto> functions) {

  /** Copies the lists. */
  public ModelProto {
    opsets = List.copyOf(opsets);
    functions = List.copyOf(functions);
  }
}
