package dev.gradpoet.runtime.support;

import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tensors of layers by the names that PyTorch gives them. */
public final class NamedTensors {

  private NamedTensors() {}

  /**
   * {@code hidden.weight}, {@code hidden.bias}, ... as live views, in the order of the layers.
   *
   * @return a map that cannot be changed
   */
  public static Map<String, Tensor> of(List<? extends Layer> layers) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Layer layer : layers) {
      if (layer instanceof MergeLayer) {
        continue;
      }
      tensors.put(layer.name() + ".weight", layer.weight());
      if (hasBias(layer)) {
        tensors.put(layer.name() + ".bias", layer.bias());
      }
    }
    return Collections.unmodifiableMap(tensors);
  }

  private static boolean hasBias(Layer layer) {
    return layer instanceof FloatLinear linear && linear.b != null
        || layer instanceof DoubleLinear wide && wide.b != null;
  }
}
