package dev.gradpoet.onnx.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.Activation;
import dev.gradpoet.onnx.net.NetLayer;
import dev.gradpoet.onnx.wire.AttributeProto;
import dev.gradpoet.onnx.wire.ElementType;
import dev.gradpoet.onnx.wire.FunctionProto;
import dev.gradpoet.onnx.wire.GraphProto;
import dev.gradpoet.onnx.wire.ModelFile;
import dev.gradpoet.onnx.wire.ModelProto;
import dev.gradpoet.onnx.wire.ModelWriter;
import dev.gradpoet.onnx.wire.NodeProto;
import dev.gradpoet.onnx.wire.OperatorSetIdProto;
import dev.gradpoet.onnx.wire.ValueInfoProto;
import dev.gradpoet.onnx.wire.ValueInfoProto.Dimension;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Functions of a model are replaced by what they do: the one of several that a node calls, with its own operators and attributes. */
class InlinerTest {

  private static final List<OperatorSetIdProto> OPSETS =
      List.of(new OperatorSetIdProto("", 17), new OperatorSetIdProto("local", 1));

  private static NodeProto node(
      String operator, String domain, String overload, String in, String out, AttributeProto... a) {
    return new NodeProto(out, operator, domain, overload, List.of(in), List.of(out), List.of(a), 0);
  }

  private static FunctionProto function(
      String overload, List<AttributeProto> defaults, NodeProto... nodes) {
    return new FunctionProto(
        "local",
        "f",
        overload,
        List.of("a"),
        List.of("b"),
        List.of(),
        defaults,
        List.of(nodes),
        OPSETS);
  }

  private static List<NetLayer> layers(List<FunctionProto> functions, NodeProto... nodes)
      throws IOException {
    ValueInfoProto x = new ValueInfoProto(
        "x",
        ElementType.FLOAT.number(),
        Optional.of(List.of(new Dimension(-1, "N"), new Dimension(3, ""))));
    ValueInfoProto y = new ValueInfoProto("y", ElementType.FLOAT.number(), Optional.empty());
    ModelProto model = new ModelProto(
        10,
        "test",
        OPSETS,
        new GraphProto("g", List.of(nodes), List.of(), List.of(x), List.of(y), List.of()),
        functions);
    return ModelImporter.read(
            ModelFile.read("m", ModelWriter.bytes(model)), Optional.empty(), Map.of())
        .layers();
  }

  @Test
  void theOverloadThatANodeNames() throws IOException {
    List<FunctionProto> functions = List.of(
        function("first", List.of(), node("Relu", "", "", "a", "b")),
        function("second", List.of(), node("Tanh", "", "", "a", "b")));

    assertThat(layers(functions, node("f", "local", "second", "x", "y")))
        .extracting(NetLayer::activation)
        .containsExactly(Activation.TANH);
    assertThat(layers(functions, node("f", "local", "first", "x", "y")))
        .extracting(NetLayer::activation)
        .containsExactly(Activation.RELU);
  }

  /** An attribute of a node in the function that refers to one of the function. */
  private static AttributeProto reference(String name) {
    AttributeProto typed = AttributeProto.of(name, 0f);
    return new AttributeProto(
        name,
        name,
        typed.kind(),
        0,
        0,
        "",
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of());
  }

  @Test
  void anAttributeOrItsDefault() throws IOException {
    FunctionProto function = function(
        "",
        List.of(AttributeProto.of("alpha", 0.25f)),
        node("LeakyRelu", "", "", "a", "b", reference("alpha")));

    assertThat(
            layers(List.of(function), node("f", "local", "", "x", "y")).get(0).options())
        .isEqualTo(Map.of("negativeSlope", 0.25));
    assertThat(layers(
                List.of(function),
                node("f", "local", "", "x", "y", AttributeProto.of("alpha", 0.5f)))
            .get(0)
            .options())
        .isEqualTo(Map.of("negativeSlope", 0.5));
  }

  @Test
  void namesInAFunctionAreItsOwn() throws IOException {
    // the function's b, c and x are not those of the graph
    FunctionProto function =
        function("", List.of(), node("Relu", "", "", "a", "x"), node("Sigmoid", "", "", "x", "b"));

    assertThat(layers(
            List.of(function),
            node("f", "local", "", "x", "c"),
            node("f", "local", "", "c", "b"),
            node("Tanh", "", "", "b", "y")))
        .extracting(NetLayer::activation)
        .containsExactly(
            Activation.RELU,
            Activation.SIGMOID,
            Activation.RELU,
            Activation.SIGMOID,
            Activation.TANH);
  }
}
