package dev.gradpoet.benchmarks.rivals;

import dev.gradpoet.Activation;
import dev.gradpoet.runtime.Architecture;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Encodes a network as an ONNX model, in the format of onnx.proto (github.com/onnx/onnx): layers of the types that the benchmarks have, with relu or no
 * activation. The values are named like the layers, and the input is named {@code input}.
 */
final class OnnxModel {

  private static final int FLOAT = 1;
  private static final int IR_VERSION = 8;
  private static final int OPSET = 17;

  private final ProtobufMessage graph = new ProtobufMessage();

  private OnnxModel() {}

  /** The model of a network for a fixed number of rows. */
  static byte[] of(Model model, int rows) {
    Architecture architecture = model.architecture();
    Architecture.Input input = architecture.inputs().get(0);
    List<Layer> layers = architecture.layers();
    Layer output = layers.get(layers.size() - 1);
    OnnxModel onnx = new OnnxModel();
    layers.forEach(onnx::add);
    onnx.graph
        .string(2, "network")
        .message(11, valueInfo(input.name(), rows, input.shape()))
        .message(12, valueInfo(output.name(), rows, output.shape()));
    return new ProtobufMessage()
        .number(1, IR_VERSION)
        .message(7, onnx.graph)
        .message(8, new ProtobufMessage().string(1, "").number(2, OPSET))
        .bytes();
  }

  /** Adds the nodes of a layer and of its activation, and the parameters. */
  private void add(Layer layer) {
    ProtobufMessage node = new ProtobufMessage().string(1, layer.from().get(0));
    layer.parameters().forEach((name, parameter) -> {
      node.string(1, layer.name() + "." + name);
      graph.message(5, tensor(layer.name() + "." + name, parameter));
    });
    boolean relu = layer.activation() == Activation.RELU;
    if (!relu && layer.activation() != Activation.IDENTITY) {
      throw new IllegalArgumentException(
          "no operator for " + layer.activation() + " of layer " + layer.name());
    }
    String value = relu ? layer.name() + ".sum" : layer.name();
    graph.message(1, operator(node.string(2, value), layer));
    if (relu) {
      graph.message(
          1, new ProtobufMessage().string(1, value).string(2, layer.name()).string(4, "Relu"));
    }
  }

  private static ProtobufMessage operator(ProtobufMessage node, Layer layer) {
    return switch (layer.type()) {
      case "Linear" -> node.string(4, "Gemm").message(5, attribute("transB", 1));
      case "Conv2d" -> window(node.string(4, "Conv"), layer)
          .message(5, attribute("dilations", integers(layer, "dilation")))
          .message(5, attribute("group", (int) layer.options().get("groups")));
      case "MaxPool2d" -> window(node.string(4, "MaxPool"), layer);
      case "AdaptiveAvgPool2d" -> node.string(4, "GlobalAveragePool");
      case "Flatten" -> node.string(4, "Flatten");
      default -> throw new IllegalArgumentException(
          "no operator for the type " + layer.type() + " of layer " + layer.name());
    };
  }

  /** What convolutions and pooling have in common; {@code pads} has two numbers for each dimension, all beginnings first. */
  private static ProtobufMessage window(ProtobufMessage node, Layer layer) {
    List<Integer> kernel = integers(layer, "kernel_size");
    List<Integer> padding = new ArrayList<>(integers(layer, "padding"));
    if (padding.size() == kernel.size()) {
      padding.addAll(List.copyOf(padding));
    }
    return node.message(5, attribute("kernel_shape", kernel))
        .message(5, attribute("strides", integers(layer, "stride")))
        .message(5, attribute("pads", padding));
  }

  private static List<Integer> integers(Layer layer, String option) {
    return ((List<?>) layer.options().get(option)).stream().map(Integer.class::cast).toList();
  }

  private static ProtobufMessage attribute(String name, int value) {
    return new ProtobufMessage().string(1, name).number(3, value).number(20, 2);
  }

  private static ProtobufMessage attribute(String name, List<Integer> values) {
    ProtobufMessage message = new ProtobufMessage().string(1, name);
    values.forEach(value -> message.number(8, value));
    return message.number(20, 7);
  }

  private static ProtobufMessage tensor(String name, Tensor tensor) {
    ProtobufMessage message = new ProtobufMessage();
    for (int size : tensor.shape()) {
      message.number(1, size);
    }
    ByteBuffer data = ByteBuffer.allocate(tensor.size() * 4).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(tensor.toFloatArray());
    return message.number(2, FLOAT).string(8, name).field(9, data.array());
  }

  private static ProtobufMessage valueInfo(String name, int rows, int[] sample) {
    ProtobufMessage shape = new ProtobufMessage().message(1, new ProtobufMessage().number(1, rows));
    for (int size : sample) {
      shape.message(1, new ProtobufMessage().number(1, size));
    }
    ProtobufMessage type = new ProtobufMessage()
        .message(1, new ProtobufMessage().number(1, FLOAT).message(2, shape));
    return new ProtobufMessage().string(1, name).message(2, type);
  }
}
