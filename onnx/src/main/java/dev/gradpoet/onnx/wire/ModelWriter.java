package dev.gradpoet.onnx.wire;

/** Writes a model in ONNX's format. */
public final class ModelWriter {

  private ModelWriter() {}

  /** The bytes of a model's file. */
  public static byte[] bytes(ModelProto model) {
    WireWriter out = new WireWriter();
    out.integer(1, model.irVersion());
    out.string(2, model.producer());
    out.message(7, graph(model.graph()));
    model.opsets().forEach(opset -> out.message(8, opset(opset)));
    model.functions().forEach(function -> out.message(25, function(function)));
    return out.toBytes();
  }

  /** The bytes of a tensor's file. */
  public static byte[] bytes(TensorProto tensor) {
    return tensor(tensor).toBytes();
  }

  private static WireWriter opset(OperatorSetIdProto opset) {
    WireWriter out = new WireWriter();
    out.string(1, opset.domain());
    out.integer(2, opset.version());
    return out;
  }

  private static WireWriter graph(GraphProto graph) {
    WireWriter out = new WireWriter();
    graph.nodes().forEach(node -> out.message(1, node(node)));
    out.string(2, graph.name());
    graph.initializers().forEach(tensor -> out.message(5, tensor(tensor)));
    graph.inputs().forEach(input -> out.message(11, valueInfo(input)));
    graph.outputs().forEach(output -> out.message(12, valueInfo(output)));
    return out;
  }

  private static WireWriter node(NodeProto node) {
    WireWriter out = new WireWriter();
    node.inputs().forEach(input -> out.element(1, input));
    node.outputs().forEach(output -> out.element(2, output));
    out.string(3, node.name());
    out.string(4, node.operator());
    node.attributes().forEach(attribute -> out.message(5, attribute(attribute)));
    out.string(7, node.domain());
    out.string(8, node.overload());
    return out;
  }

  private static WireWriter attribute(AttributeProto attribute) {
    WireWriter out = new WireWriter();
    out.string(1, attribute.name());
    switch (attribute.kind()) {
      case FLOAT -> out.single(2, attribute.real());
      case INT -> out.required(3, attribute.integer());
      case STRING -> out.element(4, attribute.text());
      case TENSOR -> out.message(5, tensor(attribute.tensor().orElseThrow()));
      case GRAPH -> out.message(6, graph(attribute.graph().orElseThrow()));
      case FLOATS -> attribute.reals().forEach(value -> out.single(7, value));
      case INTS -> attribute.integers().forEach(value -> out.required(8, value));
      case STRINGS -> attribute.texts().forEach(value -> out.element(9, value));
      case OTHER ->
        throw new IllegalArgumentException(
            "the attribute " + attribute.name() + " is of a type that cannot be written");
    }
    out.integer(20, attribute.kind().number());
    out.string(21, attribute.reference());
    return out;
  }

  private static WireWriter tensor(TensorProto tensor) {
    WireWriter out = new WireWriter();
    tensor.dims().forEach(size -> out.required(1, size));
    out.integer(2, tensor.elementType());
    out.string(8, tensor.name());
    out.bytes(9, tensor.values());
    return out;
  }

  private static WireWriter valueInfo(ValueInfoProto value) {
    WireWriter tensor = new WireWriter();
    tensor.integer(1, value.elementType());
    value.shape().ifPresent(dimensions -> {
      WireWriter shape = new WireWriter();
      for (ValueInfoProto.Dimension dimension : dimensions) {
        WireWriter size = new WireWriter();
        if (dimension.value() >= 0) {
          size.required(1, dimension.value());
        }
        size.string(2, dimension.name());
        shape.message(1, size);
      }
      tensor.message(2, shape);
    });
    WireWriter type = new WireWriter();
    type.message(1, tensor);
    WireWriter out = new WireWriter();
    out.string(1, value.name());
    out.message(2, type);
    return out;
  }

  private static WireWriter function(FunctionProto function) {
    WireWriter out = new WireWriter();
    out.string(1, function.name());
    function.inputs().forEach(input -> out.element(4, input));
    function.outputs().forEach(output -> out.element(5, output));
    function.attributes().forEach(attribute -> out.element(6, attribute));
    function.nodes().forEach(node -> out.message(7, node(node)));
    function.opsets().forEach(opset -> out.message(9, opset(opset)));
    out.string(10, function.domain());
    function.defaults().forEach(attribute -> out.message(11, attribute(attribute)));
    out.string(13, function.overload());
    return out;
  }
}
