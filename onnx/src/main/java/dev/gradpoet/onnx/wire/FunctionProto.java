package dev.gradpoet.onnx.wire;

import java.util.List;

/**
 * An operator that a model defines itself, by nodes.
 *
 * @param overload distinguishes functions of one name
 * @param attributes the names of its attributes without a default
 * @param defaults its attributes that have one
 * @param opsets what the operators of its nodes mean
 */
public record FunctionProto(
    String domain,
    String name,
    String overload,
    List<String> inputs,
    List<String> outputs,
    List<String> attributes,
    List<AttributeProto> defaults,
    List<NodeProto> nodes,
    List<OperatorSetIdProto> opsets) {

  /** Copies the lists. */
  public FunctionProto {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = List.copyOf(attributes);
    defaults = List.copyOf(defaults);
    nodes = List.copyOf(nodes);
    opsets = List.copyOf(opsets);
  }
}
