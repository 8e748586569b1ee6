package dev.gradpoet.onnx.source;

import dev.gradpoet.onnx.net.Net;
import dev.gradpoet.onnx.net.NetLayer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/** Names the inputs and layers: as the model does where that is an identifier of Java, else after it as far as it can be one. */
final class LayerNames {

  /** The names that no layer may have: the parameterless methods of a network, and its input without a name. */
  private static final Set<String> RESERVED = Set.of(
      "input",
      "parameters",
      "copy",
      "summary",
      "predictor",
      "architecture",
      "pretrained",
      "writeReplace",
      "hashCode",
      "toString",
      "getClass",
      "notify",
      "notifyAll",
      "wait",
      "clone",
      "finalize");

  /** What programs put around a name. */
  private static final Set<String> NOISE = Set.of(
      "StatefulPartitionedCall",
      "sequential",
      "model",
      "MatMul",
      "BiasAdd",
      "Gemm",
      "Conv",
      "Conv2D",
      "Relu",
      "ReadVariableOp");

  private LayerNames() {}

  /** Whether a name of the model can be a method. */
  static boolean isIdentifier(String name) {
    return !name.isEmpty()
        && SourceVersion.isName(name)
        && !name.contains(".")
        && !RESERVED.contains(name)
        && name.codePoints().allMatch(c -> c < 128 && c != '$')
        && !name.chars().allMatch(c -> c == '_');
  }

  /** Names all inputs and layers, each differently. */
  static void assign(Net net) {
    List<NetLayer> all = new ArrayList<>();
    if (net.hasUnnamedInput()) {
      net.inputs().get(0).layer().name("input");
    } else {
      net.inputs().forEach(input -> all.add(input.layer()));
    }
    all.addAll(net.layers());
    Set<String> used = new HashSet<>();
    Set<String> constants = new HashSet<>();
    for (NetLayer layer : all) {
      String origin = layer.origin();
      boolean free = isIdentifier(origin) || layer.isInput() && origin.equals("input");
      if (free && !used.contains(origin) && isOwn(layer, origin, constants)) {
        used.add(origin);
        layer.name(origin);
      }
    }
    for (NetLayer layer : all) {
      if (layer.name().isEmpty()) {
        layer.name(unused(layer, used, constants));
      }
    }
  }

  /** Whether no other input has the same constant in the generated class, which is in upper case. */
  private static boolean isOwn(NetLayer layer, String name, Set<String> constants) {
    return !layer.isInput() || constants.add(name.replace("_", "").toUpperCase(Locale.ROOT));
  }

  private static String wish(NetLayer layer) {
    List<String> segments = Stream.of(layer.origin().split("[/.:]"))
        .filter(segment -> !segment.isEmpty() && !NOISE.contains(segment))
        .toList();
    if (segments.isEmpty()) {
      return layer.kind().noun();
    }
    String last = segments.get(segments.size() - 1);
    boolean number = last.chars().allMatch(Character::isDigit);
    String wish = number && segments.size() > 1 ? segments.get(segments.size() - 2) + last : last;
    String name = isIdentifier(wish) && !number ? wish : camelCase(wish);
    return isIdentifier(name) ? name : layer.kind().noun();
  }

  /** {@code policy_net0} as {@code policyNet0}. */
  private static String camelCase(String text) {
    StringBuilder name = new StringBuilder();
    for (String word : text.split("[^A-Za-z0-9]+")) {
      if (!word.isEmpty()) {
        name.append(
            name.isEmpty()
                ? word.substring(0, 1).toLowerCase(Locale.ROOT)
                : word.substring(0, 1).toUpperCase(Locale.ROOT));
        name.append(word.substring(1));
      }
    }
    return name.toString();
  }

  private static String unused(NetLayer layer, Set<String> used, Set<String> constants) {
    String wish = wish(layer);
    String name = wish;
    for (int i = 2; used.contains(name) || !isOwn(layer, name, constants); i++) {
      name = wish + (Character.isDigit(wish.charAt(wish.length() - 1)) ? "_" : "") + i;
    }
    used.add(name);
    return name;
  }
}
