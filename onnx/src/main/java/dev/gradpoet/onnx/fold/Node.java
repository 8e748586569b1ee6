package dev.gradpoet.onnx.fold;

import dev.gradpoet.onnx.fold.Value.Indices;
import dev.gradpoet.onnx.fold.Value.Known;
import dev.gradpoet.onnx.fold.Value.Padded;
import dev.gradpoet.onnx.fold.Value.Running;
import dev.gradpoet.onnx.fold.Value.Sizes;
import dev.gradpoet.onnx.net.Constant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A node while it is imported, as its operator sees it.
 *
 * @param inputs what is known of each; empty for one that is left out
 * @param names of the inputs in the model
 * @param outputs how many outputs the model reads of it, counted to the last that is read
 * @param opset the version of its operator set
 * @param rows the number of rows that the model fixes, if it does
 */
record Node(
    String name,
    List<Optional<Value>> inputs,
    List<String> names,
    int outputs,
    Attributes attributes,
    long opset,
    OptionalLong rows,
    NetBuilder net) {

  boolean has(int index) {
    return index < inputs.size() && inputs.get(index).isPresent();
  }

  /** A required input. */
  Value input(int index) {
    if (!has(index)) {
      throw new UnfitException(
          "it has no input " + index + ", which is required", "export the model again");
    }
    return inputs.get(index).get();
  }

  /** Requires at most so many inputs. */
  void limitInputs(int most) {
    if (inputs.size() > most) {
      throw new UnfitException(
          "it has " + inputs.size() + " inputs, expected at most " + most,
          "export the model again");
    }
  }

  /** Requires that only the first output is used. */
  void requireOneOutput() {
    if (outputs > 1) {
      throw new UnfitException(
          "its output number " + (outputs - 1) + " is used, expected only the first",
          "leave the other outputs out of the model");
    }
  }

  /** An input that must depend on the inputs of the network. */
  Running running(int index) {
    Value value = input(index);
    if (value instanceof Running running) {
      return running;
    }
    if (value instanceof Indices) {
      throw new UnfitException(
          "its input " + index + " holds class indices, expected numbers",
          "only an @Embedding, a Gather of a constant table, reads class indices: give the numbers an input of their own in the model");
    }
    if (value instanceof Padded) {
      throw new UnfitException(
          "it reads the result of a Pad, expected a Conv or an AveragePool there",
          "no layer pads: leave the Pad out of the model");
    }
    throw new UnfitException(
        "its input " + index + " is a " + (value instanceof Sizes ? "size" : "constant")
            + ", expected values that are computed from the input of the network",
        "leave this node out of the model");
  }

  /** The sizes of a row of an input that must depend on the inputs of the network. */
  int[] rowDims(int index) {
    return input(index) instanceof Indices indices
        ? indices.dims()
        : running(index).dims();
  }

  /** An input that must depend on the inputs of the network, with other sizes of a row. */
  Value shaped(int index, int... dims) {
    return input(index) instanceof Indices indices
        ? indices.shaped(dims)
        : running(index).shaped(dims);
  }

  /** An input that a Pad may have given zeros around it. */
  Padded padded(int index) {
    if (input(index) instanceof Padded padded) {
      return padded;
    }
    return Padded.none(running(index));
  }

  /** An input that must be known. */
  Constant constant(int index) {
    Value value = input(index);
    if (value instanceof Known known) {
      return known.constant();
    }
    if (value instanceof Sizes sizes && sizes.isConstant()) {
      return Constant.of(
          sizes.scalar() ? new int[0] : new int[] {sizes.numbers().length}, sizes.numbers());
    }
    throw new UnfitException(
        "its input " + index + " is computed by the model, expected a constant",
        "make it a constant in the model");
  }

  /** A constant input of real numbers. */
  Constant reals(int index) {
    Constant constant = constant(index);
    if (!constant.isReal()) {
      throw new UnfitException(
          "its input " + index + " is of type " + constant.type() + ", expected FLOAT or DOUBLE",
          "cast it to FLOAT in the model");
    }
    return constant;
  }

  /** A constant input of one real number. */
  double number(int index) {
    Constant constant = reals(index);
    if (constant.size() != 1) {
      throw new UnfitException(
          "its input " + index + " is " + constant + ", expected one number",
          "make it a scalar in the model");
    }
    return constant.real(0);
  }

  /** A constant input of integers. */
  long[] integers(int index) {
    Constant constant = constant(index);
    if (constant.isReal()) {
      throw new UnfitException(
          "its input " + index + " is of type " + constant.type() + ", expected integers",
          "make it INT64 in the model");
    }
    return constant.integers();
  }

  /** The integers of an input, some of which may be the number of rows. */
  Sizes sizes(int index) {
    if (input(index) instanceof Sizes sizes) {
      return sizes;
    }
    long[] numbers = integers(index);
    return new Sizes(constant(index).dims().length == 0, numbers, new boolean[numbers.length]);
  }

  /** What a dimension of the model is in a row, for an axis of the model counted from either end; 0 is the number of rows. */
  int axis(long axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw new UnfitException(
          "its axis is " + axis + ", expected " + -rank + " to " + (rank - 1),
          "export the model again");
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }
}
