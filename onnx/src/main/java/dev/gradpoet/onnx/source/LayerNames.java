package dev.gradpoet.onnx.source;

import dev.gradpoet.onnx.net.Net;
import dev.gradpoet.onnx.net.NetLayer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/** Names the layers: as the model does where that is an identifier of Java, else after it as far as it can be one. */
final class LayerNames {

  /** The names that no layer may have: the parameterless methods of a network, and its input. */
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

  /** Names all layers, each differently. */
  static void assign(Net net) {
    net.input().name("input");
    Set<String> used = new HashSet<>();
    for (NetLayer layer : net.layers()) {
      if (isIdentifier(layer.origin()) && used.add(layer.origin())) {
        layer.name(layer.origin());
      }
    }
    for (NetLayer layer : net.layers()) {
      if (layer.name().isEmpty()) {
        layer.name(unused(wish(layer), used));
      }
    }
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

  private static String unused(String wish, Set<String> used) {
    String name = wish;
    for (int i = 2; !used.add(name); i++) {
      name = wish + (Character.isDigit(wish.charAt(wish.length() - 1)) ? "_" : "") + i;
    }
    return name;
  }
}
