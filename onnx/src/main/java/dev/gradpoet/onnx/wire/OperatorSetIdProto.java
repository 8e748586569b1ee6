package dev.gradpoet.onnx.wire;

/**
 * Which version of a set of operators a model uses.
 *
 * @param domain empty for ONNX's own operators
 */
public record OperatorSetIdProto(String domain, long version) {}
