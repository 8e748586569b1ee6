package dev.gradpoet.runtime.support.inputs;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Architecture;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.support.Check;
import dev.gradpoet.runtime.support.SampleShape;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The inputs of a network that has other inputs than one dense one: the checks of what holds their rows, an array or a tensor for each input, in
 * order. Dense rows are in a {@code float[]} or {@code double[]}, class indices in an {@code int[]}; in tensors these are {@code INT64}.
 */
public final class Inputs {

  private final DType dtype;
  private final String[] names;
  private final SampleShape[] shapes;

  /** The number of classes of each input; 0 of a dense one. */
  private final int[] classes;

  private Inputs(Architecture network) {
    List<Architecture.Input> inputs = network.inputs();
    int count = inputs.size();
    this.dtype = network.dtype();
    this.names = new String[count];
    this.shapes = new SampleShape[count];
    this.classes = new int[count];
    for (int i = 0; i < count; i++) {
      names[i] = inputs.get(i).name();
      shapes[i] = SampleShape.of(inputs.get(i).shape());
      classes[i] = inputs.get(i).classes().orElse(0);
    }
  }

  /** The inputs of a network. */
  public static Inputs of(Architecture network) {
    return new Inputs(network);
  }

  /** The shape of a sample of an input. */
  SampleShape shape(int input) {
    return shapes[input];
  }

  /**
   * The number of rows in arrays that must hold whole rows.
   *
   * @throws IllegalArgumentException if there is no row, or a part of one, if an array has another number of rows, or a class index is out of its
   *     range
   * @throws NullPointerException if an array is null
   */
  public int rows(Object... x) {
    int n = Check.rows(names[0], length(x, 0), shapes[0].size());
    for (int i = 1; i < x.length; i++) {
      int length = length(x, i);
      int width = shapes[i].size();
      if (length != (long) n * width) {
        throw new IllegalArgumentException(names[i] + " has " + length + " values, expected "
            + (long) n * width + " (" + n + (n == 1 ? " row of " : " rows of ") + width
            + "): pass as many rows as " + names[0] + " has");
      }
    }
    checkIndices(n, x);
    return n;
  }

  /**
   * Checks that arrays hold at least n rows.
   *
   * @throws IllegalArgumentException if n is below 1, an array is shorter, or a class index in its first n rows is out of its range
   * @throws NullPointerException if an array is null
   */
  public void atLeastRows(int n, Object... x) {
    for (int i = 0; i < x.length; i++) {
      Check.atLeastRows(names[i], n, length(x, i), shapes[i].size());
    }
    checkIndices(n, x);
  }

  /**
   * Checks that arrays hold one row.
   *
   * @throws IllegalArgumentException if one does not
   * @throws NullPointerException if an array is null
   */
  void oneRow(Object... x) {
    for (int i = 0; i < x.length; i++) {
      Check.oneRow(names[i], length(x, i), shapes[i].size());
    }
  }

  private int length(Object[] x, int input) {
    Object array = Objects.requireNonNull(x[input], names[input]);
    if (classes[input] > 0) {
      return ((int[]) array).length;
    }
    return dtype == DType.FLOAT32 ? ((float[]) array).length : ((double[]) array).length;
  }

  private void checkIndices(int n, Object... x) {
    for (int i = 0; i < x.length; i++) {
      if (classes[i] > 0) {
        checkIndices(i, (int[]) x[i], n * shapes[i].size());
      }
    }
  }

  private void checkIndices(int input, int[] indices, int count) {
    int end = classes[input];
    for (int k = 0; k < count; k++) {
      if (indices[k] < 0 || indices[k] >= end) {
        throw noIndex(input, k, indices[k]);
      }
    }
  }

  private IllegalArgumentException noIndex(int input, int at, long value) {
    int width = shapes[input].size();
    return new IllegalArgumentException(names[input] + " at row " + at / width + ", place "
        + at % width + " is " + value + ", expected a class index in 0.." + (classes[input] - 1)
        + ": the input was declared with classes = " + classes[input]);
  }

  /**
   * The only tensor of a network with one input.
   *
   * @throws IllegalArgumentException if the network has several inputs
   */
  Tensor[] only(Tensor x) {
    if (names.length > 1) {
      throw new IllegalArgumentException(
          "one tensor is passed, expected " + names.length + ": the network has the inputs "
              + String.join(", ", names) + "; pass a tensor for each, in this order");
    }
    return new Tensor[] {x};
  }

  /**
   * The number of samples in batches, one for each input.
   *
   * @throws IllegalArgumentException if there are more or fewer tensors than inputs, or one has another dtype or shape
   * @throws NullPointerException if a tensor is null
   */
  int batch(Tensor... tensors) {
    requireOneEach(tensors);
    int n = shapes[0].batch(names[0], tensors[0], dtype(0));
    for (int i = 1; i < tensors.length; i++) {
      shapes[i].exactBatch(names[i], tensors[i], dtype(i), n);
    }
    return n;
  }

  /**
   * Checks that tensors are batches of the same number of samples, and their class indices.
   *
   * @throws IllegalArgumentException if they are not, or a class index is out of its range
   * @throws NullPointerException if a tensor is null
   */
  void requireBatch(Tensor... tensors) {
    batch(tensors);
    for (int i = 0; i < tensors.length; i++) {
      if (classes[i] > 0) {
        indices(i, tensors[i]);
      }
    }
  }

  /**
   * The number of samples, each tensor a batch, or one sample without the dimension of the batch.
   *
   * @throws IllegalArgumentException if there are more or fewer tensors than inputs, or one has another dtype, shape or number of samples
   * @throws NullPointerException if a tensor is null
   */
  int batchOrSample(Tensor... tensors) {
    requireOneEach(tensors);
    int n = shapes[0].batchOrSample(names[0], tensors[0], dtype(0));
    for (int i = 1; i < tensors.length; i++) {
      int rows = shapes[i].batchOrSample(names[i], tensors[i], dtype(i));
      if (rows != n) {
        throw new IllegalArgumentException(names[i] + " has " + rows
            + (rows == 1 ? " row, expected " : " rows, expected ") + n + ": pass as many rows as "
            + names[0] + " has");
      }
    }
    return n;
  }

  private void requireOneEach(Tensor... tensors) {
    if (Objects.requireNonNull(tensors, "inputs").length != names.length) {
      throw new IllegalArgumentException("inputs holds " + tensors.length + " tensors, expected "
          + names.length + ": one for each input of the network, "
          + String.join(", ", names));
    }
    for (int i = 0; i < names.length; i++) {
      Tensor t = Objects.requireNonNull(tensors[i], names[i]);
      if (classes[i] > 0 && t.dtype() != DType.INT64) {
        throw Check.wrongTensor(
            names[i], t, "class indices in INT64: convert the tensor with to(INT64)");
      }
    }
  }

  private DType dtype(int input) {
    return classes[input] > 0 ? DType.INT64 : dtype;
  }

  /** Whether no tensor has the dimension of the batch. */
  boolean areSamples(Tensor... tensors) {
    for (int i = 0; i < tensors.length; i++) {
      if (!shapes[i].isSample(tensors[i])) {
        return false;
      }
    }
    return true;
  }

  /**
   * The values of checked tensors as arrays.
   *
   * @throws IllegalArgumentException if a class index is out of its range
   */
  Object[] arrays(Tensor... tensors) {
    Object[] arrays = new Object[tensors.length];
    for (int i = 0; i < tensors.length; i++) {
      arrays[i] = classes[i] > 0
          ? indices(i, tensors[i])
          : dtype == DType.FLOAT32 ? tensors[i].toFloatArray() : tensors[i].toDoubleArray();
    }
    return arrays;
  }

  private int[] indices(int input, Tensor tensor) {
    long[] values = tensor.toLongArray();
    int[] indices = new int[values.length];
    for (int k = 0; k < values.length; k++) {
      if (values[k] < 0 || values[k] >= classes[input]) {
        throw noIndex(input, k, values[k]);
      }
      indices[k] = (int) values[k];
    }
    return indices;
  }

  /**
   * The place of the only input.
   *
   * @throws IllegalArgumentException if there are several, or it holds class indices
   */
  int onlyDense() {
    if (names.length > 1) {
      throw new IllegalArgumentException("the network has the inputs " + String.join(", ", names)
          + ", expected the name of one: call inputGradient(\"" + names[0] + "\")");
    }
    return dense(names[0]);
  }

  /**
   * The place of a dense input.
   *
   * @throws IllegalArgumentException if no input has this name, or it holds class indices
   */
  int dense(String name) {
    int input = Arrays.asList(names).indexOf(Objects.requireNonNull(name, "input"));
    if (input < 0) {
      throw new IllegalArgumentException(
          "no input is named \"" + name + "\", expected one of " + Arrays.toString(names));
    }
    if (classes[input] > 0) {
      throw new IllegalArgumentException(
          "the input \"" + name
              + "\" holds class indices, which have no gradient, expected a dense input: the gradient of an embedding is that of its weight");
    }
    return input;
  }
}
