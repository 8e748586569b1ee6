package dev.gradpoet.onnx.fold;

import dev.gradpoet.Activation;
import dev.gradpoet.onnx.net.LayerKind;
import dev.gradpoet.onnx.net.NetLayer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Leaves out layers that the output does not need, and joins activations with the layers before them. */
final class Tidying {

  private Tidying() {}

  /** The layers that are left, in order, the output last. */
  static List<NetLayer> of(List<NetLayer> all, NetLayer output) {
    List<NetLayer> layers = new ArrayList<>(needed(all, output));
    for (NetLayer layer : List.copyOf(layers)) {
      if (!(layer.kind() instanceof LayerKind.Activate)) {
        continue;
      }
      NetLayer from = layer.from().get(0);
      long readers =
          layers.stream().filter(other -> other.from().contains(from)).count();
      if (from.isInput()
          || readers > 1
          || from.kind() instanceof LayerKind.Activate
          || from.activation() != Activation.IDENTITY) {
        continue;
      }
      from.activation(layer.activation(), layer.options());
      layers.remove(layer);
      layers.forEach(other -> other.read(from, layer));
    }
    return layers;
  }

  private static List<NetLayer> needed(List<NetLayer> all, NetLayer output) {
    Set<NetLayer> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    needed.add(output);
    for (int i = all.size() - 1; i >= 0; i--) {
      if (needed.contains(all.get(i))) {
        needed.addAll(all.get(i).from());
      }
    }
    return all.stream().filter(needed::contains).toList();
  }
}
