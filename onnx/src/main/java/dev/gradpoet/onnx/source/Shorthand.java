package dev.gradpoet.onnx.source;

import dev.gradpoet.onnx.net.LayerKind.Linear;
import dev.gradpoet.onnx.net.Net;
import dev.gradpoet.onnx.net.NetLayer;
import java.util.List;

/** The form {@code @Network(layers = {64, 32, 10})}, for a stack of linear layers whose names in the model are no identifiers. */
final class Shorthand {

  private Shorthand() {}

  static boolean fits(Net net) {
    if (!net.hasUnnamedInput()) {
      return false;
    }
    List<NetLayer> layers = net.layers();
    NetLayer before = net.inputs().get(0).layer();
    for (NetLayer layer : layers) {
      boolean plain = layer.kind() instanceof Linear linear
          && linear.bias()
          && layer.from().get(0) == before
          && layer.shape().length == 1
          && !LayerNames.isIdentifier(lastPart(layer.origin()));
      if (!plain) {
        return false;
      }
      before = layer;
    }
    NetLayer first = layers.get(0);
    return layers.get(layers.size() - 1).options().isEmpty()
        && layers.subList(0, layers.size() - 1).stream()
            .allMatch(layer -> layer.activation() == first.activation()
                && layer.options().equals(first.options()));
  }

  /** What names a layer within its model: {@code action_net} of {@code policy.action_net}. */
  private static String lastPart(String origin) {
    return origin.substring(Math.max(origin.lastIndexOf('.'), origin.lastIndexOf('/')) + 1);
  }

  static void name(Net net) {
    net.inputs().get(0).layer().name("input");
    for (int i = 0; i < net.layers().size(); i++) {
      net.layers().get(i).name(String.valueOf(i));
    }
  }
}
