package dev.gradpoet.processor.conformance;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Values of a case that rounding alone decides. A batch norm subtracts the bias of the layer that it reads, so the gradient of that bias is 0 but for
 * rounding, and Adam divides it by its own size: a step in a random direction. Neither the outputs in training nor the losses depend on it; the
 * running mean and the outputs in inference do.
 */
record Rounding(Set<String> biases, Set<String> means) {

  /** Those of a case of the kind {@code graph_training}. */
  static Rounding of(Golden golden) {
    Set<String> biases = new HashSet<>();
    Set<String> means = new HashSet<>();
    if (golden.has("graph")
        && golden.object("optimizer").get("kind").getAsString().equals("adam")) {
      Map<String, JsonObject> layers = StreamSupport.stream(
              golden.object("graph").getAsJsonArray("layers").spliterator(), false)
          .map(JsonElement::getAsJsonObject)
          .collect(Collectors.toMap(layer -> layer.get("name").getAsString(), layer -> layer));
      layers.forEach((name, layer) -> {
        String from = layer.getAsJsonArray("from").get(0).getAsString();
        JsonObject source = layers.get(from);
        long readers = layers.values().stream()
            .filter(each -> each.getAsJsonArray("from").contains(new JsonPrimitive(from)))
            .count();
        if (layer.get("kind").getAsString().equals("batch_norm")
            && hasBias(source)
            && readers == 1) {
          biases.add(from + ".bias");
          means.add(name + ".running_mean");
        }
      });
    }
    return new Rounding(biases, means);
  }

  private static boolean hasBias(JsonObject source) {
    return source != null
        && source.has("bias")
        && source.get("bias").getAsBoolean()
        && source.get("activation").getAsString().equals("identity");
  }

  /** Whether there are none. */
  boolean isEmpty() {
    return biases.isEmpty();
  }

  /** The values of an object by name, without those that rounding decides. */
  JsonObject without(JsonObject values) {
    JsonObject rest = values.deepCopy();
    biases.forEach(rest::remove);
    means.forEach(rest::remove);
    return rest;
  }
}
