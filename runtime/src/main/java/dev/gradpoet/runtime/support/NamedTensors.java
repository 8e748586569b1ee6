package dev.gradpoet.runtime.support;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Architecture;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tensors of parameters and buffers by the names that PyTorch gives them. */
public final class NamedTensors {

  private NamedTensors() {}

  /**
   * {@code hidden.weight}, {@code hidden.bias}, ... as live views, in the order of the parameters.
   *
   * @return a map that cannot be changed
   */
  public static Map<String, Tensor> of(List<? extends Parameter> parameters) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      tensors.put(parameter.layer() + "." + parameter.name(), parameter.view());
    }
    return Collections.unmodifiableMap(tensors);
  }

  /** Copies the buffers of a network to another of the same declaration. */
  public static void copyBuffers(Architecture from, Architecture to) {
    for (int i = 0; i < from.layers().size(); i++) {
      Map<String, Tensor> target = to.layers().get(i).buffers();
      from.layers().get(i).buffers().forEach((name, view) -> target.get(name).copyFrom(view));
    }
  }

  /** The values of all parameters and buffers of a network, each an array of its type. */
  public static Object[] arrays(Architecture network) {
    return all(network).stream().map(NamedTensors::array).toArray();
  }

  private static Object array(Tensor tensor) {
    return switch (tensor.dtype()) {
      case FLOAT32 -> tensor.toFloatArray();
      case FLOAT64 -> tensor.toDoubleArray();
      case INT64 -> tensor.toLongArray();
    };
  }

  /**
   * Sets all parameters and buffers of a network.
   *
   * @param arrays as {@link #arrays} gives them
   * @throws RuntimeException if they are those of another network
   */
  public static void copy(Object[] arrays, Architecture network) {
    List<Tensor> tensors = all(network);
    if (arrays.length != tensors.size()) {
      throw new IllegalArgumentException(arrays.length + " tensors, expected " + tensors.size());
    }
    for (int i = 0; i < arrays.length; i++) {
      copy(arrays[i], tensors.get(i));
    }
  }

  private static List<Tensor> all(Architecture network) {
    List<Tensor> tensors = new ArrayList<>();
    for (Layer layer : network.layers()) {
      tensors.addAll(layer.parameters().values());
      tensors.addAll(layer.buffers().values());
    }
    return tensors;
  }

  private static void copy(Object array, Tensor tensor) {
    if (tensor.dtype() == DType.FLOAT32) {
      tensor.copyFrom((float[]) array);
    } else if (tensor.dtype() == DType.FLOAT64) {
      tensor.copyFrom((double[]) array);
    } else {
      tensor.copyFrom((long[]) array);
    }
  }
}
