package dev.gradpoet.runtime;

import dev.gradpoet.Activation;
import dev.gradpoet.DType;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.OptionalInt;

/** The structure of a network as declared: inputs, layers, output and dtype. All networks of a declaration have the same structure; the parameters and buffers of its layers are those of one network. */
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

  /** An input of a network, which is also a {@link Layer}, of type {@code Input}. */
  public static final class Input implements Layer {

    private final String name;
    private final OptionalInt classes;
    private final int[] shape;

    private Input(String name, OptionalInt classes, int... shape) {
      this.name = Objects.requireNonNull(name, "name");
      this.classes = classes;
      this.shape = Objects.requireNonNull(shape, "shape").clone();
    }

    /**
     * A dense input.
     *
     * @param name the name by which layers refer to it
     * @param shape of one sample
     * @throws NullPointerException if an argument is null
     */
    public static Input of(String name, int... shape) {
      return new Input(name, OptionalInt.empty(), shape);
    }

    /**
     * An input of class indices.
     *
     * @param name the name by which layers refer to it
     * @param classes the number of classes: an index is from 0 to {@code classes - 1}
     * @param shape of one sample
     * @throws IllegalArgumentException if there are no classes
     * @throws NullPointerException if an argument is null
     */
    public static Input ofIndices(String name, int classes, int... shape) {
      if (classes < 1) {
        throw new IllegalArgumentException("classes is " + classes + ", expected at least 1");
      }
      return new Input(name, OptionalInt.of(classes), shape);
    }

    /** The name by which layers refer to it: {@code input} if the declaration does not name it. */
    @Override
    public String name() {
      return name;
    }

    /** The shape of one sample, without the batch dimension. */
    @Override
    public int[] shape() {
      return shape.clone();
    }

    /** The number of classes whose indices are its values; empty for a dense input. */
    public OptionalInt classes() {
      return classes;
    }

    /** {@code Input}. */
    @Override
    public String type() {
      return "Input";
    }

    @Override
    public List<String> from() {
      return List.of();
    }

    @Override
    public Activation activation() {
      return Activation.IDENTITY;
    }

    /** {@code classes} of an input of class indices. */
    @Override
    public Map<String, Object> options() {
      return classes.isPresent() ? Map.of("classes", classes.getAsInt()) : Map.of();
    }

    @Override
    public Map<String, Tensor> parameters() {
      return Map.of();
    }

    @Override
    public Map<String, Tensor> buffers() {
      return Map.of();
    }

    @Override
    public Tensor weight() {
      throw none("weight");
    }

    @Override
    public Tensor bias() {
      throw none("bias");
    }

    private NoSuchElementException none(String what) {
      return new NoSuchElementException("input \"" + name + "\" has no " + what);
    }
  }
}
