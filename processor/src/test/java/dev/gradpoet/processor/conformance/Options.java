package dev.gradpoet.processor.conformance;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** What a case calls by PyTorch's names, as annotations. */
final class Options {

  /** The functions whose names in the cases lack an underscore. */
  private static final Map<String, String> ACTIVATIONS = Map.of(
      "logsigmoid", "LOG_SIGMOID",
      "hardsigmoid", "HARD_SIGMOID",
      "hardswish", "HARD_SWISH",
      "hardtanh", "HARD_TANH");

  private Options() {}

  static String activation(String name) {
    return ACTIVATIONS.getOrDefault(name, name.toUpperCase(Locale.ROOT));
  }

  static String loss(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  /** {@code @ActivationOptions(..)} of a layer or a case, or nothing. */
  static String ofActivation(JsonObject layer) {
    JsonObject options = layer.getAsJsonObject("activation_options");
    if (options == null || options.isEmpty()) {
      return "";
    }
    StringJoiner members = new StringJoiner(", ", "@ActivationOptions(", ")");
    options.keySet().forEach(name -> members.add(camel(name) + " = " + options.get(name)));
    return members.toString();
  }

  /** {@code @LossOptions(..)}, or nothing. */
  static String ofLoss(String loss, JsonObject options) {
    if (options.isEmpty()) {
      return "";
    }
    StringJoiner members = new StringJoiner(", ", "@LossOptions(", ")");
    for (String name : options.keySet()) {
      JsonElement value = options.get(name);
      String member = camel(name);
      if (name.equals("reduction")) {
        String reduction = value.getAsString();
        members.add("reduction = Reduction."
            + (reduction.equals("batchmean") ? "BATCH_MEAN" : reduction.toUpperCase(Locale.ROOT)));
        continue;
      }
      boolean ofClasses = loss.equals("CROSS_ENTROPY") || loss.equals("NLL");
      if (name.equals("weight") && ofClasses) {
        member = "classWeights";
      }
      members.add(member + " = " + value.toString().replace('[', '{').replace(']', '}'));
    }
    return members.toString();
  }

  private static String camel(String name) {
    StringBuilder camel = new StringBuilder();
    for (String part : name.split("_")) {
      camel.append(
          camel.isEmpty()
              ? part
              : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
    }
    return camel.toString();
  }
}
