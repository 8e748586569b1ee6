package dev.gradpoet.runtime;

import dev.gradpoet.runtime.files.Excerpt;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Recognises, by its shapes, the file of an {@code nn.Sequential}, whose modules are numbered in order. */
final class Renaming {

  private static final String DIFFERENT = "the names differ, but the shapes match in order: ";
  private static final String WAY_OUT = "; pass a map from names in the file to names here";

  /** The maximum number of entries of {@link Map#of()}. */
  private static final int MAX_PAIRS = 10;

  private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d{1,9})\\.([^.]+)");

  /** The names in this network by the names in the file, of parameters and of whole layers; only those that differ. */
  private final Map<String, String> parameters = new LinkedHashMap<>();

  private final Map<String, String> modules = new LinkedHashMap<>();

  private Renaming() {}

  /** The renaming that is needed, if all shapes match in order. */
  static Optional<Renaming> inOrder(List<SafetensorsEntry> found, Map<String, Tensor> tensors) {
    Map<Integer, Map<String, SafetensorsEntry>> modules = new TreeMap<>(Comparator.naturalOrder());
    String container = null;
    for (SafetensorsEntry entry : found) {
      Matcher name = NUMBERED.matcher(entry.name());
      if (!name.matches() || container != null && !container.equals(name.group(1))) {
        return Optional.empty();
      }
      container = name.group(1);
      modules
          .computeIfAbsent(Integer.valueOf(name.group(2)), module -> new TreeMap<>())
          .put(name.group(3), entry);
    }
    Map<String, Map<String, Tensor>> layers = layers(tensors);
    if (layers.size() != modules.size() || found.size() != tensors.size()) {
      return Optional.empty();
    }
    Renaming renaming = new Renaming();
    List<Map<String, SafetensorsEntry>> inOrder = List.copyOf(modules.values());
    int at = 0;
    for (Map.Entry<String, Map<String, Tensor>> layer : layers.entrySet()) {
      Map<String, SafetensorsEntry> module = inOrder.get(at++);
      for (Map.Entry<String, Tensor> parameter : layer.getValue().entrySet()) {
        SafetensorsEntry entry = module.get(parameter.getKey());
        if (entry == null || !entry.hasShape(parameter.getValue().shape())) {
          return Optional.empty();
        }
        String name = layer.getKey() + "." + parameter.getKey();
        if (!name.equals(entry.name())) {
          renaming.parameters.put(entry.name(), name);
          renaming.modules.put(
              entry.name().substring(0, entry.name().lastIndexOf('.')), layer.getKey());
        }
      }
    }
    return Optional.of(renaming);
  }

  /** The suggestion for a message: the call {@code Map.of("2.weight", "1.weight", ...)}, or the shorter list of layers if that is too long. */
  String describe(int room) {
    String call = DIFFERENT + "pass Map.of("
        + parameters.entrySet().stream()
            .map(each -> '"' + each.getKey() + "\", \"" + each.getValue() + '"')
            .collect(Collectors.joining(", "))
        + ")";
    if (parameters.size() <= MAX_PAIRS && call.equals(Excerpt.shortened(call, room))) {
      return call;
    }
    List<String> layers = modules.entrySet().stream()
        .map(each -> each.getKey() + " -> " + each.getValue())
        .toList();
    return DIFFERENT
        + Excerpt.names(layers, room - DIFFERENT.length() - WAY_OUT.length())
        + WAY_OUT;
  }

  private static Map<String, Map<String, Tensor>> layers(Map<String, Tensor> tensors) {
    Map<String, Map<String, Tensor>> layers = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> {
      int dot = Math.max(0, name.lastIndexOf('.'));
      layers
          .computeIfAbsent(name.substring(0, dot), layer -> new LinkedHashMap<>())
          .put(name.substring(Math.min(name.length(), dot + 1)), tensor);
    });
    return layers;
  }
}
