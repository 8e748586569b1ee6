package dev.gradpoet.runtime;

import dev.gradpoet.DType;
import java.util.List;
import java.util.Objects;

/** The structure of a network as declared: inputs, layers, output and dtype. It is the same for all networks of a declaration. */
public final class Architecture {

  private final String name;
  private final DType dtype;
  private final List<Input> inputs;
  private final List<Layer> layers;

  private Architecture(String name, DType dtype, List<Input> inputs, List<Layer> layers) {
    this.name = name;
    this.dtype = dtype;
    this.inputs = inputs;
    this.layers = layers;
  }

  /**
   * An architecture.
   *
   * @param name the simple name of the declaration
   * @param dtype the type of the values, {@code FLOAT32} or {@code FLOAT64}
   * @param inputs at least one
   * @param layers at least one; the last is the output
   * @throws IllegalArgumentException if there is no input or no layer
   * @throws NullPointerException if an argument or an element is null
   */
  public static Architecture of(String name, DType dtype, List<Input> inputs, List<Layer> layers) {
    return new Architecture(
        Objects.requireNonNull(name, "name"),
        Objects.requireNonNull(dtype, "dtype"),
        copy("inputs", inputs),
        copy("layers", layers));
  }

  private static <T> List<T> copy(String name, List<T> list) {
    if (Objects.requireNonNull(list, name).isEmpty()) {
      throw new IllegalArgumentException(name + " is empty, expected at least one");
    }
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) == null) {
        throw new NullPointerException(name + "[" + i + "]");
      }
    }
    return List.copyOf(list);
  }

  /** The simple name of the interface that declares the network. */
  public String name() {
    return name;
  }

  /** The type of all values: {@code FLOAT32} or {@code FLOAT64}. */
  public DType dtype() {
    return dtype;
  }

  /** The inputs in the order in which methods take them, as an unmodifiable list. */
  public List<Input> inputs() {
    return inputs;
  }

  /** The layers in the order of declaration, the output last, with live views of their parameters, as an unmodifiable list. */
  public List<Layer> layers() {
    return layers;
  }

  /** The shape of one sample of the output, without the batch dimension: {@code [10]} for ten outputs. */
  public int[] outputShape() {
    return layers.get(layers.size() - 1).shape();
  }

  /** An input of a network. */
  public static final class Input {

    private final String name;
    private final int[] shape;

    private Input(String name, int[] shape) {
      this.name = name;
      this.shape = shape;
    }

    /**
     * An input.
     *
     * @param name the name by which layers refer to it
     * @param shape of one sample
     * @throws NullPointerException if an argument is null
     */
    public static Input of(String name, int... shape) {
      return new Input(
          Objects.requireNonNull(name, "name"),
          Objects.requireNonNull(shape, "shape").clone());
    }

    /** The name by which layers refer to it: {@code input} if it is the only one. */
    public String name() {
      return name;
    }

    /** The shape of one sample, without the batch dimension. */
    public int[] shape() {
      return shape.clone();
    }
  }
}
