package dev.gradpoet.processor.conformance;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.Set;

/** Says by name which cases this version covers; the others belong to later ones. */
final class Capability {

  private static final Set<String> ACTIVATIONS =
      Set.of("identity", "relu", "sigmoid", "tanh", "softmax");
  private static final Set<String> LOSSES =
      Set.of("mse", "bce", "bce_with_logits", "cross_entropy");
  private static final Set<String> REDUCTIONS = Set.of("mean", "sum");

  private Capability() {}

  static boolean covers(Golden golden) {
    return switch (golden.kind()) {
      case "network", "init" -> coversNetwork(golden.object("network"));
      case "training" ->
        coversNetwork(golden.object("network"))
            && golden.object("optimizer").get("kind").getAsString().equals("sgd")
            && !golden.has("clip")
            && !golden.has("scheduler");
      case "activation" -> ACTIVATIONS.contains(golden.text("activation"));
      case "loss" ->
        LOSSES.contains(golden.text("loss"))
            && golden.object("loss_options").isEmpty()
            && !ignoresRows(golden);
      case "random", "one_hot" -> true;
      default -> false;
    };
  }

  private static boolean coversNetwork(JsonObject network) {
    for (JsonElement layer : network.getAsJsonArray("layers")) {
      if (!ACTIVATIONS.contains(layer.getAsJsonObject().get("activation").getAsString())) {
        return false;
      }
    }
    if (!network.get("init").getAsString().equals("pytorch_default")) {
      return false;
    }
    if (!network.has("loss")) {
      return true;
    }
    JsonObject options = network.getAsJsonObject("loss_options");
    return LOSSES.contains(network.get("loss").getAsString())
        && options.keySet().equals(Set.of("reduction"))
        && REDUCTIONS.contains(options.get("reduction").getAsString());
  }

  /** PyTorch ignores rows of class -100 without being told. */
  private static boolean ignoresRows(Golden golden) {
    return golden.text("target_kind").equals("index")
        && Arrays.stream(Golden.values(golden.get("target"))).anyMatch(target -> target < 0);
  }
}
