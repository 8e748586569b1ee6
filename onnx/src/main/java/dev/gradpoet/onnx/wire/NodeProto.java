package dev.gradpoet.onnx.wire;

import java.util.List;

/**
 * One operation.
 *
 * @param name its name, may be empty
 * @param overload which of the functions of one name it calls, if the model has several
 * @param inputs names of values; an empty name is an optional input that is left out
 * @param offset where it begins in the file
 */
public record NodeProto(
    String name,
    String operator,
    String domain,
    String overload,
    List<String> inputs,
    List<String> outputs,
    List<AttributeProto> attributes,
    int offset) {

  /** Copies the lists. */
  public NodeProto {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = List.copyOf(attributes);
  }
}
