package dev.gradpoet.runtime.support;

import dev.gradpoet.Activation;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** A layer as its declaration describes it, of any kind, with its parameters and buffers. */
public final class DeclaredLayer implements Layer {

  private final String name;
  private final String type;
  private final List<String> from;
  private final int[] shape;
  private final Activation activation;
  private final Map<String, Object> options;
  private final Map<String, Tensor> parameters;
  private final Map<String, Tensor> buffers;

  /**
   * A layer.
   *
   * @param options the names and values of what {@link Layer#options()} holds, in turn
   * @param slots its parameters and buffers, in PyTorch's order
   */
  public DeclaredLayer(
      String name,
      String type,
      List<String> from,
      int[] shape,
      Activation activation,
      List<Object> options,
      List<? extends Slot> slots) {
    this.name = name;
    this.type = type;
    this.from = from;
    this.shape = shape;
    this.activation = activation;
    this.options = map(options);
    this.parameters = tensors(slots, true);
    this.buffers = tensors(slots, false);
  }

  private static Map<String, Object> map(List<Object> options) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < options.size(); i += 2) {
      map.put((String) options.get(i), options.get(i + 1));
    }
    return Collections.unmodifiableMap(map);
  }

  private static Map<String, Tensor> tensors(List<? extends Slot> slots, boolean trained) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Slot slot : slots) {
      if (slot.isTrained() == trained) {
        tensors.put(slot.name(), slot.view());
      }
    }
    return Collections.unmodifiableMap(tensors);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public List<String> from() {
    return from;
  }

  @Override
  public int[] shape() {
    return shape.clone();
  }

  @Override
  public Activation activation() {
    return activation;
  }

  @Override
  public Map<String, Object> options() {
    return options;
  }

  @Override
  public Map<String, Tensor> parameters() {
    return parameters;
  }

  @Override
  public Map<String, Tensor> buffers() {
    return buffers;
  }

  @Override
  public Tensor weight() {
    return parameter("weight");
  }

  @Override
  public Tensor bias() {
    return parameter("bias");
  }

  private Tensor parameter(String what) {
    Tensor tensor = parameters.get(what);
    if (tensor == null) {
      throw new NoSuchElementException("layer \"" + name + "\" has no " + what
          + (parameters.isEmpty()
              ? ": it has no parameters"
              : options.containsKey("bias")
                  ? ": it was declared with bias = false"
                  : ": it has only " + String.join(", ", parameters.keySet())));
    }
    return tensor;
  }
}
