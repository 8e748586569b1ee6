package dev.gradpoet.processor.conformance;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.gradpoet.DType;
import dev.gradpoet.runtime.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** The declarations of cases of the kinds {@code graph} and {@code graph_training}: networks whose layers are of any kind that there is. */
final class GraphDeclaration {

  /** The annotation of each kind of layer, without the members that follow: {@code from} and the activation. */
  private static final Map<String, Function<JsonObject, String>> KINDS = Map.ofEntries(
      Map.entry(
          "linear",
          layer -> "@Linear(out = " + layer.get("out") + ", bias = " + layer.get("bias") + ", "),
      Map.entry("add", layer -> "@Add("),
      Map.entry("mul", layer -> "@Mul("),
      Map.entry("concat", layer -> "@Concat("),
      Map.entry(
          "layer_norm",
          layer ->
              "@LayerNorm(dims = " + layer.getAsJsonArray("normalized_shape").size() + ", eps = "
                  + layer.get("eps") + ", affine = " + layer.get("affine") + ", "),
      Map.entry(
          "batch_norm",
          layer -> "@BatchNorm(eps = " + layer.get("eps") + ", momentum = " + layer.get("momentum")
              + ", affine = " + layer.get("affine") + ", "),
      Map.entry("dropout", layer -> "@Dropout(p = " + layer.get("p") + ", "),
      Map.entry(
          "prelu",
          layer -> "@PRelu(perChannel = " + (layer.get("num_parameters").getAsInt() > 1) + ", "),
      Map.entry("activation", layer -> "@Activate("),
      Map.entry("flatten", layer -> "@Flatten("),
      Map.entry("conv1d", layer -> convolution("@Conv1d(", layer)),
      Map.entry("conv2d", layer -> convolution("@Conv2d(", layer)),
      Map.entry("max_pool1d", layer -> window("@MaxPool1d(", layer)),
      Map.entry("max_pool2d", layer -> window("@MaxPool2d(", layer)),
      Map.entry("avg_pool1d", layer -> average("@AvgPool1d(", layer)),
      Map.entry("avg_pool2d", layer -> average("@AvgPool2d(", layer)),
      Map.entry("global_avg_pool", layer -> "@GlobalAvgPool("),
      Map.entry("embedding", layer -> "@Embedding(dim = " + layer.get("embedding_dim") + ", "));

  private GraphDeclaration() {}

  /** Whether there is a declaration of a network: it has kinds of layers that there are. */
  static boolean exists(JsonObject graph) {
    return list(graph, "layers").stream()
        .allMatch(layer -> KINDS.containsKey(layer.get("kind").getAsString()));
  }

  private static List<JsonObject> list(JsonObject graph, String field) {
    return StreamSupport.stream(graph.getAsJsonArray(field).spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  /** The values of the inputs of a case, in their order: class indices as INT64, everything else in the case's dtype. */
  static Tensor[] inputs(Golden golden) {
    return list(golden.object("graph"), "inputs").stream()
        .map(input -> Golden.tensor(
            golden.object("inputs").get(input.get("name").getAsString()),
            isDense(input) ? golden.dtype() : DType.INT64))
        .toArray(Tensor[]::new);
  }

  private static boolean isDense(JsonObject input) {
    return input.get("kind").getAsString().equals("dense");
  }

  /** The network of a case. */
  static Declaration of(JsonObject graph, DType dtype) {
    List<JsonObject> inputs = list(graph, "inputs");
    boolean unnamed = inputs.size() == 1
        && isDense(inputs.get(0))
        && inputs.get(0).get("name").getAsString().equals("input");
    String loss = Options.loss(graph.get("loss").getAsString());
    String members = "dtype = DType." + dtype + ", loss = Loss." + loss
        + (unnamed ? ", input = " + array(inputs.get(0).getAsJsonArray("shape")) : "");
    List<String> names = new ArrayList<>();
    StringBuilder body = new StringBuilder();
    if (!unnamed) {
      inputs.forEach(input -> body.append("  @Input(value = ")
          .append(array(input.getAsJsonArray("shape")))
          .append(isDense(input) ? "" : ", classes = " + input.get("classes"))
          .append(") Layer ")
          .append(input.get("name").getAsString())
          .append("();\n"));
    }
    for (JsonObject layer : list(graph, "layers")) {
      String name = layer.get("name").getAsString();
      names.add(name);
      body.append("  ").append(Options.ofActivation(layer)).append(' ');
      String kind = layer.get("kind").getAsString();
      body.append(KINDS.get(kind).apply(layer));
      body.append("from = ").append(from(layer));
      body.append(kind.equals("activation") ? ", value" : ", activation").append(" = Activation.");
      body.append(Options.activation(layer.get("activation").getAsString()));
      body.append(") Layer ").append(name).append("();\n");
    }
    String options = Options.ofLoss(loss, graph.getAsJsonObject("loss_options"));
    return new Declaration(members, options, body.toString(), names);
  }

  private static String convolution(String annotation, JsonObject layer) {
    return window(annotation, layer) + "out = " + layer.get("out_channels") + ", dilation = "
        + array(layer.getAsJsonArray("dilation")) + ", groups = " + layer.get("groups")
        + ", bias = " + layer.get("bias") + ", ";
  }

  private static String average(String annotation, JsonObject layer) {
    return window(annotation, layer) + "countIncludePad = " + layer.get("count_include_pad") + ", ";
  }

  private static String window(String annotation, JsonObject layer) {
    return annotation + "kernel = " + array(layer.getAsJsonArray("kernel_size")) + ", stride = "
        + array(layer.getAsJsonArray("stride")) + ", padding = "
        + array(layer.getAsJsonArray("padding")) + ", ";
  }

  private static String array(JsonArray values) {
    return values.toString().replace('[', '{').replace(']', '}');
  }

  private static String from(JsonObject layer) {
    JsonArray from = layer.getAsJsonArray("from");
    return from.size() == 1 ? from.get(0).toString() : array(from);
  }
}
