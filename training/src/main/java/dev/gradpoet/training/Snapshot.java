package dev.gradpoet.training;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies of the parameters and buffers of a network, by name. */
final class Snapshot {

  private final Map<String, Tensor> tensors;

  private Snapshot(Map<String, Tensor> tensors) {
    this.tensors = tensors;
  }

  static Snapshot of(Model network) {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    live(network).forEach((name, tensor) -> copies.put(name, copy(tensor)));
    return new Snapshot(copies);
  }

  /** Tensors that are not shared. */
  static Snapshot of(Map<String, Tensor> tensors) {
    return new Snapshot(tensors);
  }

  /** The parameters and buffers themselves, layer by layer: the names of {@link Model#save}. */
  static Map<String, Tensor> live(Model network) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    for (Layer layer : network.architecture().layers()) {
      layer.parameters().forEach((name, tensor) -> all.put(layer.name() + "." + name, tensor));
      layer.buffers().forEach((name, tensor) -> all.put(layer.name() + "." + name, tensor));
    }
    return all;
  }

  /** Whether no parameter and no buffer is infinite or NaN. */
  static boolean isFinite(Model network) {
    return live(network).values().stream()
        .allMatch(tensor -> Arrays.stream(tensor.toDoubleArray()).allMatch(Double::isFinite));
  }

  private static Tensor copy(Tensor tensor) {
    int[] shape = tensor.shape();
    return tensor.dtype() == DType.INT64
        ? Tensor.of(tensor.toLongArray(), shape)
        : tensor.dtype() == DType.FLOAT32
            ? Tensor.view(tensor.toFloatArray(), shape)
            : Tensor.view(tensor.toDoubleArray(), shape);
  }

  Map<String, Tensor> tensors() {
    return tensors;
  }

  /** Writes the copies to a network. */
  void restore(Model network) {
    live(network).forEach((name, tensor) -> tensor.copyFrom(tensors.get(name)));
  }

  /** Tensors of a file in the order of those of a network; a missing one is left out. */
  static Map<String, Tensor> inOrder(Model network, Map<String, Tensor> tensors) {
    Map<String, Tensor> ordered = new LinkedHashMap<>();
    for (String name : live(network).keySet()) {
      if (tensors.containsKey(name)) {
        ordered.put(name, tensors.get(name));
      }
    }
    return ordered;
  }

  /** A hash of all bits. */
  static long hash(Map<String, Tensor> tensors) {
    long hash = tensors.size();
    for (Tensor tensor : tensors.values()) {
      if (tensor.dtype() == DType.INT64) {
        for (long value : tensor.toLongArray()) {
          hash = Values.mix(hash, value);
        }
      } else {
        for (double value : tensor.toDoubleArray()) {
          hash = Values.mix(hash, Double.doubleToLongBits(value));
        }
      }
    }
    return hash;
  }
}
