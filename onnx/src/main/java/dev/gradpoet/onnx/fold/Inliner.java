package dev.gradpoet.onnx.fold;

import dev.gradpoet.onnx.wire.AttributeProto;
import dev.gradpoet.onnx.wire.FunctionProto;
import dev.gradpoet.onnx.wire.ModelProto;
import dev.gradpoet.onnx.wire.NodeProto;
import dev.gradpoet.onnx.wire.OperatorSetIdProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Replaces the nodes that call functions of the model by what these functions do. */
final class Inliner {

  private static final int MAX_DEPTH = 32;
  private static final int MAX_NODES = 200_000;

  /**
   * A node and what its operator means.
   *
   * @param opset the version of its operator set, 0 if the model does not say
   */
  record Call(NodeProto node, long opset) {}

  private final Map<String, FunctionProto> functions = new HashMap<>();
  private final List<Call> calls = new ArrayList<>();
  private int inlined;

  private Inliner(ModelProto model) {
    for (FunctionProto function : model.functions()) {
      functions.put(key(function.domain(), function.name(), function.overload()), function);
    }
  }

  /**
   * The nodes of a model without functions.
   *
   * @throws UnfitException if functions call each other without end
   */
  static List<Call> of(ModelProto model) {
    Inliner inliner = new Inliner(model);
    for (NodeProto node : model.graph().nodes()) {
      inliner.add(node, model.opsets(), 0);
    }
    return inliner.calls;
  }

  private void add(NodeProto node, List<OperatorSetIdProto> opsets, int depth) {
    FunctionProto function = functions.get(key(node.domain(), node.operator(), node.overload()));
    if (calls.size() > MAX_NODES || depth > MAX_DEPTH) {
      throw new UnfitException(
          "its functions have more than " + MAX_NODES + " nodes, or call each other more than "
              + MAX_DEPTH + " deep",
          "export the model without functions");
    }
    if (function == null) {
      calls.add(new Call(node, version(opsets, node.domain())));
      return;
    }
    requireSignature(node, function);
    String prefix = "function" + inlined++ + "/" + function.name() + "/";
    Map<String, String> names = new HashMap<>();
    names.put("", "");
    for (int i = 0; i < function.inputs().size(); i++) {
      names.put(
          function.inputs().get(i), i < node.inputs().size() ? node.inputs().get(i) : "");
    }
    for (int i = 0; i < function.outputs().size(); i++) {
      String outer = i < node.outputs().size() ? node.outputs().get(i) : "";
      if (!outer.isEmpty()) {
        names.put(function.outputs().get(i), outer);
      }
    }
    for (NodeProto inner : function.nodes()) {
      NodeProto renamed = new NodeProto(
          node.name().isEmpty() ? inner.name() : node.name() + "/" + inner.name(),
          inner.operator(),
          inner.domain(),
          inner.overload(),
          renamed(inner.inputs(), names, prefix),
          renamed(inner.outputs(), names, prefix),
          attributes(inner, node, function),
          node.offset());
      add(renamed, function.opsets(), depth + 1);
    }
  }

  private static String key(String domain, String name, String overload) {
    return domain + ":" + name + ":" + overload;
  }

  /** Requires that a node gives a function nothing that this does not take. */
  private void requireSignature(NodeProto node, FunctionProto function) {
    Set<String> known = new HashSet<>(function.attributes());
    function.defaults().forEach(attribute -> known.add(attribute.name()));
    boolean taken =
        known.containsAll(node.attributes().stream().map(AttributeProto::name).toList());
    if (!taken
        || node.inputs().size() > function.inputs().size()
        || node.outputs().size() > function.outputs().size()) {
      throw new UnfitException(
          "it has more inputs, outputs or attributes than the function that it calls",
          "the file is damaged: export the model again",
          NodeName.of(node, calls.size()));
    }
  }

  private static List<String> renamed(
      List<String> values, Map<String, String> names, String prefix) {
    return values.stream()
        .map(value -> names.computeIfAbsent(value, inner -> prefix + inner))
        .toList();
  }

  private static List<AttributeProto> attributes(
      NodeProto inner, NodeProto caller, FunctionProto function) {
    List<AttributeProto> attributes = new ArrayList<>();
    for (AttributeProto attribute : inner.attributes()) {
      if (attribute.reference().isEmpty()) {
        attributes.add(attribute);
        continue;
      }
      List<AttributeProto> given = new ArrayList<>(caller.attributes());
      given.addAll(function.defaults());
      given.stream()
          .filter(value -> value.name().equals(attribute.reference()))
          .findFirst()
          .ifPresent(value -> attributes.add(value.named(attribute.name())));
    }
    return attributes;
  }

  private static long version(List<OperatorSetIdProto> opsets, String domain) {
    return opsets.stream()
        .filter(opset -> opset.domain().equals(domain))
        .mapToLong(OperatorSetIdProto::version)
        .findFirst()
        .orElse(0);
  }
}
