package dev.gradpoet.onnx.fold;

import dev.gradpoet.onnx.fold.Inliner.Call;
import dev.gradpoet.onnx.wire.ElementType;
import dev.gradpoet.onnx.wire.GraphProto;
import dev.gradpoet.onnx.wire.NodeProto;
import dev.gradpoet.onnx.wire.ValueInfoProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which node makes which value and who reads it; what an output needs. */
final class Connections {

  private final List<Call> calls;
  private final Map<Call, Integer> indices = new IdentityHashMap<>();
  private final Map<String, Integer> makers = new HashMap<>();
  private final Map<String, Integer> readers = new HashMap<>();
  private final GraphProto graph;
  private final Map<String, ValueInfoProto> inputs = new HashMap<>();

  /**
   * Of the nodes of a model.
   *
   * @param constants names of values that are known
   * @throws UnfitException if the nodes are not in order, or two make one value
   */
  Connections(List<Call> calls, Set<String> constants, GraphProto graph) {
    this.calls = calls;
    this.graph = graph;
    Set<String> known = new HashSet<>(constants);
    for (ValueInfoProto input : graph.inputs()) {
      if (known.add(input.name())) {
        inputs.put(input.name(), input);
      }
    }
    for (int i = 0; i < calls.size(); i++) {
      NodeProto node = calls.get(i).node();
      indices.put(calls.get(i), i);
      NodeName name = NodeName.of(node, i);
      for (String input : node.inputs()) {
        if (!input.isEmpty() && !known.contains(input)) {
          throw new UnfitException(
              "it reads \"" + input + "\", which nothing before it computes",
              "the file is damaged: export the model again",
              name);
        }
      }
      for (String output : node.outputs()) {
        if (!output.isEmpty() && !known.add(output)) {
          throw new UnfitException(
              "it computes \"" + output + "\", which something before it computes too",
              "the file is damaged: export the model again",
              name);
        }
        makers.put(output, i);
      }
    }
    makers.remove("");
  }

  int index(Call call) {
    return indices.get(call);
  }

  /** How many needed nodes read a value, and whether it is the output. */
  int readers(String value) {
    return readers.getOrDefault(value, 0);
  }

  /** How many outputs of a node are read, counted to the last one. */
  int outputsRead(NodeProto node) {
    int read = 1;
    for (int i = 1; i < node.outputs().size(); i++) {
      read = readers(node.outputs().get(i)) > 0 ? i + 1 : read;
    }
    return read;
  }

  /** The outputs to import: the chosen one, or all that are not an input passed through. */
  List<String> outputs(Optional<String> chosen) {
    List<String> names = graph.outputs().stream().map(ValueInfoProto::name).toList();
    if (chosen.isPresent()) {
      if (!names.contains(chosen.get())) {
        throw new UnfitException(
            "it has no output \"" + chosen.get() + "\"",
            "its outputs are " + String.join(", ", names));
      }
      return List.of(chosen.get());
    }
    List<String> computed =
        names.stream().filter(name -> !isPassedThrough(name)).toList();
    if (names.isEmpty()) {
      throw new UnfitException("it has no output", "export the model again");
    }
    return computed.isEmpty() ? names.subList(0, 1) : computed;
  }

  private boolean isPassedThrough(String output) {
    String at = output;
    while (makers.containsKey(at)) {
      NodeProto node = calls.get(makers.get(at)).node();
      if (!node.operator().equals("Identity") || node.inputs().size() != 1) {
        return false;
      }
      at = node.inputs().get(0);
    }
    return inputs.containsKey(at);
  }

  /** The nodes that outputs need, in order. */
  List<Call> needed(List<String> outputs) {
    Set<String> wanted = new HashSet<>(outputs);
    outputs.forEach(output -> readers.merge(output, 1, Integer::sum));
    List<Call> needed = new ArrayList<>();
    for (int i = calls.size() - 1; i >= 0; i--) {
      NodeProto node = calls.get(i).node();
      if (node.outputs().stream().anyMatch(name -> !name.isEmpty() && wanted.contains(name))) {
        needed.add(calls.get(i));
        wanted.addAll(node.inputs());
        node.inputs().forEach(name -> readers.merge(name, 1, Integer::sum));
      }
    }
    Collections.reverse(needed);
    return needed;
  }

  /** The inputs that are needed, in the order of the model. */
  List<ValueInfoProto> inputs(List<Call> needed, String output) {
    Set<String> read = new HashSet<>(Set.of(output));
    needed.forEach(call -> read.addAll(call.node().inputs()));
    List<ValueInfoProto> used = graph.inputs().stream()
        .filter(input -> inputs.containsKey(input.name()) && read.contains(input.name()))
        .toList();
    if (used.isEmpty()) {
      throw new UnfitException(
          "its output " + output + " does not depend on an input", "choose another output");
    }
    return used;
  }

  /** The type of an output, if the file says it. */
  Optional<ElementType> type(String output) {
    return graph.outputs().stream()
        .filter(value -> value.name().equals(output))
        .findFirst()
        .flatMap(value -> ElementType.of(value.elementType()));
  }
}
