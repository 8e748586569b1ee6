package dev.gradpoet.onnx.fold;

import dev.gradpoet.onnx.wire.NodeProto;
import dev.gradpoet.onnx.wire.Shown;

/** What a node is called in messages. */
record NodeName(String name, String operator) {

  static NodeName of(NodeProto node, int index) {
    String operator =
        node.domain().isEmpty() ? node.operator() : node.domain() + "." + node.operator();
    String output = node.outputs().isEmpty() ? "" : " (output " + node.outputs().get(0) + ")";
    String name = node.name().isEmpty() ? "node " + index + output : "\"" + node.name() + "\"";
    return new NodeName(Shown.text(name), Shown.text(operator));
  }
}
