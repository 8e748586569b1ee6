package dev.gradpoet.processor.conformance;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.gradpoet.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The declaration of a case's network: the shorthand where it can say it, else one method a layer.
 *
 * @param members what stands between the parentheses of {@code @Network}
 * @param options {@code @LossOptions} and {@code @ActivationOptions}, or nothing
 * @param body the methods
 * @param names the names of the layers, in PyTorch's order
 */
record Declaration(String members, String options, String body, List<String> names) {

  /** The network of a case. */
  static Declaration of(JsonObject network, DType dtype) {
    List<JsonObject> layers = new ArrayList<>();
    network.getAsJsonArray("layers").forEach(layer -> layers.add(layer.getAsJsonObject()));
    StringBuilder members = new StringBuilder("dtype = DType." + dtype);
    String options = "";
    if (network.has("init")) {
      members.append(", init = Init.").append(upper(network.get("init")));
    }
    if (network.has("loss")) {
      String loss = Options.loss(network.get("loss").getAsString());
      members.append(", loss = Loss.").append(loss);
      options = Options.ofLoss(loss, network.getAsJsonObject("loss_options"));
    }
    return isShorthand(layers)
        ? shorthand(network, layers, members, options)
        : methods(network, layers, members, options);
  }

  /** The shorthand has options for its hidden activation alone. */
  private static boolean isShorthand(List<JsonObject> layers) {
    return layers.stream().allMatch(layer -> layer.get("bias").getAsBoolean())
        && Options.ofActivation(layers.get(layers.size() - 1)).isEmpty()
        && layers.subList(0, layers.size() - 1).stream()
                .map(layer -> activation(layer) + Options.ofActivation(layer))
                .distinct()
                .count()
            <= 1;
  }

  private static Declaration shorthand(
      JsonObject network, List<JsonObject> layers, StringBuilder members, String options) {
    members.append(", layers = {").append(network.get("inputs"));
    List<String> names = new ArrayList<>();
    for (JsonObject layer : layers) {
      members.append(", ").append(layer.get("out"));
      names.add(String.valueOf(names.size()));
    }
    JsonObject last = layers.get(layers.size() - 1);
    JsonObject first = layers.get(0);
    members.append("}, activation = ").append(activation(first));
    members.append(", outputActivation = ").append(activation(last));
    return new Declaration(members.toString(), Options.ofActivation(first) + options, "", names);
  }

  private static Declaration methods(
      JsonObject network, List<JsonObject> layers, StringBuilder members, String options) {
    members.append(", input = ").append(network.get("inputs"));
    StringBuilder body = new StringBuilder();
    List<String> names = new ArrayList<>();
    for (JsonObject layer : layers) {
      String name = "layer" + names.size();
      names.add(name);
      body.append("  ").append(Options.ofActivation(layer));
      body.append(" @Linear(out = ").append(layer.get("out"));
      body.append(", bias = ").append(layer.get("bias"));
      body.append(", activation = ").append(activation(layer)).append(") Layer ");
      body.append(name).append("();\n");
    }
    return new Declaration(members.toString(), options, body.toString(), names);
  }

  private static String activation(JsonObject layer) {
    return "Activation." + Options.activation(layer.get("activation").getAsString());
  }

  private static String upper(JsonElement name) {
    return name.getAsString().toUpperCase(Locale.ROOT);
  }

  /** The interface of a name in the package {@code golden}. */
  String source(String name) {
    return """
        package golden;
        import dev.gradpoet.*;
        import dev.gradpoet.runtime.Layer;
        @SuppressWarnings("gradpoet")
        @Network(%s)
        %s
        public interface %s {
        %s}
        """.formatted(members, options, name, body);
  }

  /** The name here of a parameter that PyTorch calls {@code 0.weight}, by the place of its layer, or {@code l0.weight}, by its name. */
  String parameter(String pytorch) {
    int dot = pytorch.indexOf('.');
    if (names.contains(pytorch.substring(0, dot)) && !Character.isDigit(pytorch.charAt(0))) {
      return pytorch;
    }
    return names.get(Integer.parseInt(pytorch.substring(0, dot))) + pytorch.substring(dot);
  }
}
