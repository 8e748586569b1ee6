package dev.gradpoet.runtime;

import dev.gradpoet.DType;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The tensors that a file is read into, by their names.
 *
 * @param all live views; of a network, the parameters of each layer and then its buffers
 * @param optional the names of those that a file may lack
 */
record ModelTensors(Map<String, Tensor> all, Set<String> optional) {

  /** The buffer of a batch norm that files of early versions of PyTorch lack. */
  private static final String BATCHES = "num_batches_tracked";

  /** The layer that is in no file of PyTorch. */
  private static final String NORMALIZATION = "Normalization";

  /** What a file of a network holds. */
  static ModelTensors of(Architecture network) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    Set<String> optional = new LinkedHashSet<>();
    for (Layer layer : network.layers()) {
      String prefix = layer.name() + ".";
      layer.parameters().forEach((name, view) -> all.put(prefix + name, view));
      layer.buffers().forEach((name, view) -> {
        all.put(prefix + name, view);
        if (name.equals(BATCHES) || layer.type().equals(NORMALIZATION)) {
          optional.add(prefix + name);
        }
      });
    }
    return new ModelTensors(all, optional);
  }

  /** Tensors all of which a file must have. */
  static ModelTensors required(Map<String, Tensor> tensors) {
    return new ModelTensors(tensors, Set.of());
  }

  /** Sets the counts of batches that a file lacks to 0; a normalization keeps what a file lacks. */
  void zeroCountsBut(Collection<Tensor> read) {
    for (String name : optional) {
      Tensor tensor = all.get(name);
      if (tensor.dtype() == DType.INT64 && read.stream().noneMatch(each -> each == tensor)) {
        tensor.set(0);
      }
    }
  }
}
