package dev.gradpoet.runtime;

import dev.gradpoet.DType;
import java.util.Arrays;
import java.util.Objects;

/** Checks the arguments of {@link Functional} and of the methods on several inputs. */
final class Arguments {

  private Arguments() {}

  /** The only tensor of {@code inputs}, for a network with one input. */
  static Tensor single(Tensor[] inputs) {
    if (Objects.requireNonNull(inputs, "inputs").length != 1) {
      throw new IllegalArgumentException("inputs holds " + inputs.length
          + " tensors, expected 1: the network has one input, pass that alone");
    }
    return inputs[0];
  }

  static void requireFloating(String name, Tensor input) {
    if (Objects.requireNonNull(input, "input").dtype() == DType.INT64) {
      throw new IllegalArgumentException(
          name + " computes in FLOAT32 or FLOAT64, input is INT64: convert it with to(FLOAT32)");
    }
  }

  static void requireLike(String name, Tensor input, Tensor tensor) {
    requireShape(name, tensor, input.shape());
    requireDtype(name, input, tensor);
  }

  static void requireDtype(String name, Tensor input, Tensor tensor) {
    if (tensor.dtype() != input.dtype()) {
      throw new IllegalArgumentException(name + " is " + tensor.dtype() + ", expected "
          + input.dtype() + ", the dtype of the input: convert it with to(" + input.dtype() + ")");
    }
  }

  static void requireShape(String name, Tensor tensor, int[] shape) {
    Objects.requireNonNull(tensor, name);
    if (!Arrays.equals(tensor.shape(), shape)) {
      throw new IllegalArgumentException(name + " has shape " + Arrays.toString(tensor.shape())
          + ", expected " + Arrays.toString(shape) + " to go with the input");
    }
  }

  /** A class index as an {@code int}. */
  static int requireClass(String name, long label, int position, int classes) {
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(name + " holds the class " + label + " at position "
          + position + ", expected 0 to " + (classes - 1) + ": there are " + classes + " classes");
    }
    return (int) label;
  }
}
