package dev.gradpoet.runtime;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.files.Excerpt;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Matches the tensors of a network with those of a file, using only the header. */
final class SafetensorsMatch {

  /** The length of a message about names without its two lists of names. */
  private static final int WORDS = 150;

  private final List<SafetensorsEntry> found;
  private final Map<String, Tensor> tensors;
  private final Set<String> optional;
  private final int room;

  /**
   * @param found the tensors of the file
   * @param tensors the tensors to write to
   * @param room the maximum length of a message
   */
  SafetensorsMatch(List<SafetensorsEntry> found, ModelTensors tensors, int room) {
    this.found = found;
    this.tensors = tensors.all();
    this.optional = tensors.optional();
    this.room = room;
  }

  /**
   * The tensors to write to, by their names in the file.
   *
   * @param names maps names in the file to names in the network, where they differ
   * @param ignored whether unknown names in the file are skipped
   * @throws IOException if a name is missing or unknown, or a shape or dtype differs
   */
  Map<String, Tensor> targets(Map<String, String> names, Predicate<String> ignored)
      throws IOException {
    Map<String, SafetensorsEntry> renamed = renamed(names);
    Set<String> missing = new LinkedHashSet<>(tensors.keySet());
    missing.removeAll(renamed.keySet());
    missing.removeAll(optional);
    Set<String> unknown = new LinkedHashSet<>();
    Map<String, Tensor> targets = new LinkedHashMap<>();
    for (Map.Entry<String, SafetensorsEntry> each : renamed.entrySet()) {
      SafetensorsEntry entry = each.getValue();
      Tensor target = tensors.get(each.getKey());
      if (target != null) {
        targets.put(entry.name(), target);
      } else if (!ignored.test(entry.name())) {
        unknown.add(each.getKey());
      }
    }
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      throw new IOException(otherNames(missing, unknown));
    }
    for (Map.Entry<String, SafetensorsEntry> each : renamed.entrySet()) {
      if (tensors.containsKey(each.getKey())) {
        requireLike(each.getKey(), each.getValue(), tensors.get(each.getKey()));
      }
    }
    return targets;
  }

  private Map<String, SafetensorsEntry> renamed(Map<String, String> names) throws IOException {
    Set<String> there = found.stream().map(SafetensorsEntry::name).collect(Collectors.toSet());
    for (String name : names.keySet()) {
      if (!there.contains(name)) {
        throw new IOException("it has no tensor " + Excerpt.name(name)
            + " to rename, expected one of " + Excerpt.names(namesOf(found), room - 90));
      }
    }
    Map<String, SafetensorsEntry> renamed = new LinkedHashMap<>();
    for (SafetensorsEntry entry : found) {
      String name = names.getOrDefault(entry.name(), entry.name());
      if (renamed.put(name, entry) != null) {
        throw new IOException(
            "two tensors would be named " + Excerpt.name(name) + ": rename the other one too");
      }
    }
    return renamed;
  }

  private static List<String> namesOf(List<SafetensorsEntry> entries) {
    return entries.stream().map(SafetensorsEntry::name).toList();
  }

  private String otherNames(Set<String> missing, Set<String> unknown) {
    Optional<Renaming> inOrder = Renaming.inOrder(found, tensors);
    if (inOrder.isPresent()) {
      return inOrder.get().describe(room);
    }
    int most = missing.isEmpty() || unknown.isEmpty() ? room - WORDS : (room - WORDS) / 2;
    return "it does not match this network:"
        + (missing.isEmpty() ? "" : " it lacks " + Excerpt.names(missing, most))
        + (unknown.isEmpty()
            ? ""
            : (missing.isEmpty() ? "" : ",") + " it has " + Excerpt.names(unknown, most)
                + ", which is unknown")
        + "; pass a map from names in the file to names here"
        + (missing.isEmpty() ? ", or LoadOption.IGNORE_UNKNOWN" : ", if only these differ");
  }

  private static void requireLike(String name, SafetensorsEntry found, Tensor expected)
      throws IOException {
    boolean sameShape = found.hasShape(expected.shape());
    if (sameShape && found.fits(expected.dtype())) {
      return;
    }
    boolean wider = expected.dtype() == DType.FLOAT32
        && found.dtype().filter(dtype -> dtype == DType.FLOAT64).isPresent();
    String wayOut = "convert it first";
    if (!sameShape) {
      wayOut = "it does not match this network";
    } else if (wider) {
      wayOut = "to round it, read it with Safetensors.read and use Tensor.copyFrom";
    }
    throw new IOException(Excerpt.shortened(name, 40) + " is " + found.describe() + ", expected "
        + expected.dtype() + " of shape " + shape(expected) + ": " + wayOut);
  }

  private static String shape(Tensor tensor) {
    return Excerpt.shape(IntStream.of(tensor.shape()).asLongStream().toArray());
  }
}
