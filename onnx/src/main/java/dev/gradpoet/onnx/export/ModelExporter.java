package dev.gradpoet.onnx.export;

import dev.gradpoet.Activation;
import dev.gradpoet.onnx.wire.AttributeProto;
import dev.gradpoet.onnx.wire.ModelProto;
import dev.gradpoet.onnx.wire.OperatorSetIdProto;
import dev.gradpoet.runtime.Architecture;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Describes a network by nodes of ONNX's opset 17, for inference. */
public final class ModelExporter {

  private static final long OPSET = 17;

  /** The version of the format that came with this opset. */
  private static final long IR_VERSION = 8;

  /** PyTorch's classes of activations. */
  private static final Set<String> ACTIVATIONS = Set.of(
      "Identity",
      "ReLU",
      "LeakyReLU",
      "ELU",
      "SELU",
      "CELU",
      "GELU",
      "SiLU",
      "Mish",
      "Sigmoid",
      "LogSigmoid",
      "Hardsigmoid",
      "Hardswish",
      "Hardtanh",
      "ReLU6",
      "Softplus",
      "Softsign",
      "Tanh",
      "Softmax",
      "LogSoftmax");

  private final Graph graph;
  private final Map<String, int[]> shapes = new HashMap<>();

  private ModelExporter(Graph graph) {
    this.graph = graph;
  }

  /**
   * The model of a network.
   *
   * @throws IllegalArgumentException if operators of opset 17 cannot express a layer
   */
  public static ModelProto of(Architecture network) {
    Graph graph = new Graph(network.dtype());
    ModelExporter exporter = new ModelExporter(graph);
    network.inputs().forEach(input -> exporter.shapes.put(input.name(), input.shape()));
    List<Layer> layers = network.layers();
    layers.forEach(exporter::add);
    Layer last = layers.get(layers.size() - 1);
    return new ModelProto(
        IR_VERSION,
        "gradpoet",
        List.of(new OperatorSetIdProto("", OPSET)),
        graph.proto(network.name(), network.inputs(), last.name(), last.shape()),
        List.of());
  }

  private void add(Layer layer) {
    shapes.put(layer.name(), layer.shape());
    String x = layer.from().isEmpty() ? "" : layer.from().get(0);
    boolean active = layer.activation() != Activation.IDENTITY;
    String result = active ? layer.name() + ".result" : layer.name();
    switch (layer.type()) {
      case "Linear" -> linear(layer, x, result);
      case "Embedding" ->
        graph.node(
            "Gather",
            result,
            List.of(graph.constant(layer.name() + ".weight", layer.weight()), x),
            AttributeProto.of("axis", 0));
      case "Conv1d", "Conv2d" ->
        graph.node(
            "Conv",
            result,
            parameters(layer, x, "weight", "bias"),
            ints("kernel_shape", layer, "kernel_size"),
            ints("strides", layer, "stride"),
            pads(layer),
            ints("dilations", layer, "dilation"),
            AttributeProto.of("group", integer(layer, "groups")));
      case "MaxPool1d", "MaxPool2d" ->
        graph.node(
            "MaxPool",
            result,
            List.of(x),
            ints("kernel_shape", layer, "kernel_size"),
            ints("strides", layer, "stride"),
            pads(layer));
      case "AvgPool1d", "AvgPool2d" ->
        graph.node(
            "AveragePool",
            result,
            List.of(x),
            ints("kernel_shape", layer, "kernel_size"),
            ints("strides", layer, "stride"),
            pads(layer),
            AttributeProto.of(
                "count_include_pad",
                Boolean.TRUE.equals(layer.options().get("count_include_pad")) ? 1 : 0));
      case "AdaptiveAvgPool1d", "AdaptiveAvgPool2d" ->
        graph.node("GlobalAveragePool", result, List.of(x));
      case "Flatten" -> graph.node("Flatten", result, List.of(x), AttributeProto.of("axis", 1));
      case "BatchNorm1d", "BatchNorm2d" -> batchNorm(layer, x, result);
      case "LayerNorm" -> layerNorm(layer, x, result);
      case "Dropout" ->
        graph.node(
            "Dropout",
            result,
            List.of(x, graph.constant(layer.name() + ".ratio", real(layer, "p"))));
      case "Normalization" -> normalization(layer, x, result);
      case "PReLU" -> prelu(layer, x, result);
      case "Add" -> chain("Add", layer, result);
      case "Mul" -> chain("Mul", layer, result);
      case "Concat" -> graph.node("Concat", result, layer.from(), AttributeProto.of("axis", 1));
      default -> {
        // the type of @Activate is that of its activation
        if (!ACTIVATIONS.contains(layer.type())) {
          throw new IllegalArgumentException(
              "the layer " + layer.name() + " is of type " + layer.type()
                  + ", which no operator of opset 17 expresses: export the network without it");
        }
        result = x;
      }
    }
    if (active || result.equals(x)) {
      ActivationNodes.add(graph, layer.activation(), layer.options(), result, layer.name());
    }
  }

  private void linear(Layer layer, String x, String result) {
    if (shapes.get(x).length == 1) {
      graph.node(
          "Gemm", result, parameters(layer, x, "weight", "bias"), AttributeProto.of("transB", 1));
      return;
    }
    Tensor weight = layer.weight().t();
    String matrix = graph.constant(layer.name() + ".weight", weight);
    boolean bias = layer.parameters().containsKey("bias");
    String product =
        graph.node("MatMul", bias ? layer.name() + ".product" : result, List.of(x, matrix));
    if (bias) {
      String added = graph.constant(layer.name() + ".bias", layer.bias());
      graph.node("Add", result, List.of(product, added));
    }
  }

  private void batchNorm(Layer layer, String x, String result) {
    Tensor mean = layer.buffers().get("running_mean");
    List<String> inputs = new ArrayList<>(List.of(x));
    inputs.add(parameter(layer, "weight", 1, mean.shape()));
    inputs.add(parameter(layer, "bias", 0, mean.shape()));
    inputs.add(graph.constant(layer.name() + ".running_mean", mean));
    inputs.add(graph.constant(layer.name() + ".running_var", layer.buffers().get("running_var")));
    graph.node(
        "BatchNormalization",
        result,
        inputs,
        AttributeProto.of("epsilon", (float) real(layer, "eps")),
        AttributeProto.of("momentum", (float) (1 - real(layer, "momentum"))));
  }

  private void normalization(Layer layer, String x, String result) {
    int[] shape = new int[layer.shape().length];
    Arrays.fill(shape, 1);
    shape[0] = layer.shape()[0];
    double[] mean = layer.buffers().get("mean").toDoubleArray();
    double[] std = layer.buffers().get("std").toDoubleArray();
    String centred = graph.node(
        "Sub",
        layer.name() + ".centred",
        List.of(x, graph.constant(layer.name() + ".mean", mean, shape)));
    graph.node("Div", result, List.of(centred, graph.constant(layer.name() + ".std", std, shape)));
  }

  private void layerNorm(Layer layer, String x, String result) {
    int[] shape =
        integers(layer, "normalized_shape").stream().mapToInt(Long::intValue).toArray();
    graph.node(
        "LayerNormalization",
        result,
        List.of(x, parameter(layer, "weight", 1, shape), parameter(layer, "bias", 0, shape)),
        AttributeProto.of("axis", -shape.length),
        AttributeProto.of("epsilon", (float) real(layer, "eps")));
  }

  private void prelu(Layer layer, String x, String result) {
    Tensor weight = layer.weight();
    int[] shape = new int[weight.size() == 1 ? 1 : shapes.get(x).length];
    Arrays.fill(shape, 1);
    shape[0] = weight.size();
    String slope = graph.constant(layer.name() + ".weight", weight.toDoubleArray(), shape);
    graph.node("PRelu", result, List.of(x, slope));
  }

  private void chain(String operator, Layer layer, String result) {
    List<String> from = layer.from();
    String sum = from.get(0);
    for (int i = 1; i < from.size(); i++) {
      String name = i == from.size() - 1 ? result : layer.name() + ".part" + i;
      sum = graph.node(operator, name, List.of(sum, from.get(i)));
    }
  }

  private List<String> parameters(Layer layer, String x, String... names) {
    List<String> inputs = new ArrayList<>(List.of(x));
    for (String name : names) {
      if (layer.parameters().containsKey(name)) {
        inputs.add(graph.constant(layer.name() + "." + name, layer.parameters().get(name)));
      }
    }
    return inputs;
  }

  /** A parameter, or a constant where the layer has none. */
  private String parameter(Layer layer, String name, double otherwise, int[] shape) {
    String full = layer.name() + "." + name;
    if (layer.parameters().containsKey(name)) {
      return graph.constant(full, layer.parameters().get(name));
    }
    double[] values = new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    Arrays.fill(values, otherwise);
    return graph.constant(full, values, shape);
  }

  private static AttributeProto ints(String name, Layer layer, String option) {
    return AttributeProto.of(name, integers(layer, option));
  }

  /** All begins, then all ends. */
  private static AttributeProto pads(Layer layer) {
    List<Long> padding = integers(layer, "padding");
    List<Long> pads = new ArrayList<>(padding);
    if (padding.size() == layer.shape().length - 1) {
      pads.addAll(padding);
    }
    return AttributeProto.of("pads", pads);
  }

  private static List<Long> integers(Layer layer, String option) {
    return ((List<?>) layer.options().get(option))
        .stream().map(value -> ((Number) value).longValue()).toList();
  }

  private static long integer(Layer layer, String option) {
    return ((Number) layer.options().get(option)).longValue();
  }

  private static double real(Layer layer, String option) {
    return ((Number) layer.options().get(option)).doubleValue();
  }
}
