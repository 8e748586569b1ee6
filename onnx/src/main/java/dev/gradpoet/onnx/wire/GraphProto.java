package dev.gradpoet.onnx.wire;

import java.util.List;

/**
 * The nodes of a model, each after those that it reads, and its constants.
 *
 * @param inputs may also name constants, in files of IR version 3
 * @param sparse the names of sparse constants
 */
public record GraphProto(
    String name,
    List<NodeProto> nodes,
    List<TensorProto> initializers,
    List<ValueInfoProto> inputs,
    List<ValueInfoProto> outputs,
    List<String> sparse) {

  /** Copies the lists. */
  public GraphProto {
    nodes = List.copyOf(nodes);
    initializers = List.copyOf(initializers);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    sparse = List.copyOf(sparse);
  }
}
