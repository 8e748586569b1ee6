package dev.gradpoet.onnx.fold;

import dev.gradpoet.onnx.wire.AttributeProto;
import dev.gradpoet.onnx.wire.AttributeProto.Kind;
import dev.gradpoet.onnx.wire.NodeProto;
import dev.gradpoet.onnx.wire.Shown;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The attributes of a node; one that its operator does not ask for is an error, because it might change what the node computes. */
final class Attributes {

  private final Map<String, AttributeProto> all = new LinkedHashMap<>();
  private final Set<String> read = new HashSet<>();

  Attributes(NodeProto node) {
    for (AttributeProto attribute : node.attributes()) {
      if (all.put(attribute.name(), attribute) != null) {
        throw new UnfitException(
            "it has two attributes \"" + attribute.name() + "\"", "export the model again");
      }
    }
  }

  private Optional<AttributeProto> get(String name, Kind kind) {
    read.add(name);
    AttributeProto attribute = all.get(name);
    if (attribute != null && attribute.kind() != kind) {
      throw new UnfitException(
          "its attribute \"" + name + "\" is of type " + attribute.kind() + ", expected " + kind,
          "export the model again");
    }
    return Optional.ofNullable(attribute);
  }

  boolean has(String name) {
    return all.containsKey(name);
  }

  long integer(String name, long otherwise) {
    return get(name, Kind.INT).map(AttributeProto::integer).orElse(otherwise);
  }

  boolean flag(String name) {
    return integer(name, 0) != 0;
  }

  double real(String name, double otherwise) {
    return get(name, Kind.FLOAT).map(value -> (double) value.real()).orElse(otherwise);
  }

  String text(String name, String otherwise) {
    return get(name, Kind.STRING).map(AttributeProto::text).orElse(otherwise);
  }

  Optional<List<Long>> integers(String name) {
    return get(name, Kind.INTS).map(AttributeProto::integers);
  }

  Optional<AttributeProto> tensor(String name) {
    return get(name, Kind.TENSOR);
  }

  Optional<AttributeProto> reals(String name) {
    return get(name, Kind.FLOATS);
  }

  /** An attribute that changes nothing here. */
  void ignore(String... names) {
    read.addAll(List.of(names));
  }

  /** Requires that there are no others. */
  void requireAllRead() {
    for (String name : all.keySet()) {
      if (!read.contains(name)) {
        throw new UnfitException(
            "it has the attribute \"" + Shown.text(name)
                + "\", which this version of the operator does not have",
            "export the model again with an opset from 7 to " + ModelImporter.NEWEST_OPSET);
      }
    }
  }
}
