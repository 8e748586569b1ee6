package dev.gradpoet.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises the file of an {@code nn.Sequential}, whose modules have numbers and come in this order, by the shapes. */
final class Renaming {

  private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d{1,9})\\.([^.]+)");

  private Renaming() {}

  /** The renaming to write, {@code Map.of("2.weight", "1.weight", ...)}, if all shapes agree in order. */
  static Optional<String> inOrder(List<SafetensorsEntry> found, Map<String, Tensor> tensors) {
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
    List<String> pairs = new ArrayList<>();
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
          pairs.add(quoted(entry.name()) + ", " + quoted(name));
        }
      }
    }
    return Optional.of("Map.of(" + String.join(", ", pairs) + ")");
  }

  private static String quoted(String name) {
    return '"' + name + '"';
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
