package dev.gradpoet.runtime.support;

import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.memory.Heap;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;

/** The checks of arguments of generated classes: each error states what was found, what was expected and how to fix it. */
public final class Check {

  /** More threads than this are a mistake. */
  private static final int MOST_THREADS = 1024;

  private Check() {}

  /**
   * The number of rows in a flat array that must hold whole rows.
   *
   * @param what the name of the argument
   * @param length the length of the array
   * @param width the number of values in a row
   * @throws IllegalArgumentException if there is no row, or a part of one
   */
  public static int rows(String what, int length, int width) {
    if (length == width) {
      return 1; // without a division, which takes as long as a small network
    }
    if (length == 0 || length % width != 0) {
      throw new IllegalArgumentException(
          what + " has " + length + " values, expected a positive multiple of " + width
              + ": pass whole rows of " + width + " values, one after the other");
    }
    return length / width;
  }

  /**
   * Checks that a flat array holds at least {@code n} rows.
   *
   * @throws IllegalArgumentException if {@code n} is below 1 or the array is shorter
   */
  public static void atLeastRows(String what, int n, int length, int width) {
    if (n < 1) {
      throw new IllegalArgumentException("n is " + n + ", expected at least 1 row");
    }
    if (length < (long) n * width) {
      throw new IllegalArgumentException(
          what + " has " + length + " values, expected at least " + (long) n * width + " (" + n
              + " rows of " + width + "): pass a longer array or a smaller n");
    }
  }

  /**
   * Checks that a flat array holds exactly {@code n} rows.
   *
   * @throws IllegalArgumentException if it does not
   */
  public static void exactRows(String what, int n, int length, int width) {
    if (length != (long) n * width) {
      throw new IllegalArgumentException(what + " has " + length + " values, expected "
          + (long) n * width + " (" + n + (n == 1 ? " row of " : " rows of ") + width
          + "): pass as many rows as the input has");
    }
  }

  /**
   * Checks that a flat array is one row.
   *
   * @throws IllegalArgumentException if it is not
   */
  public static void oneRow(int length, int width) {
    oneRow("x", length, width);
  }

  /**
   * Checks that a flat array is one row.
   *
   * @param what the name of the argument
   * @throws IllegalArgumentException if it is not
   */
  public static void oneRow(String what, int length, int width) {
    if (length != width) {
      throw new IllegalArgumentException(what + " has " + length + " values, expected one row of "
          + width + ": predictClass takes one row, use predictClasses for several");
    }
  }

  /**
   * The length of an array of outputs.
   *
   * @param bytes the bytes of a value
   * @throws IllegalArgumentException if it exceeds the limits of an array or of the heap
   */
  public static int outputs(int n, int width, int bytes) {
    return Heap.array("the output of " + n + " rows of " + width, (long) n * width, bytes);
  }

  /**
   * Checks the index of a layer.
   *
   * @param index the index
   * @param layers the number of layers
   * @return the index
   * @throws IndexOutOfBoundsException if there is no such layer
   */
  public static int layer(int index, int layers) {
    if (index < 0 || index >= layers) {
      throw new IndexOutOfBoundsException("index is " + index + ", expected 0 to " + (layers - 1)
          + ": the network has " + layers + (layers == 1 ? " layer" : " layers"));
    }
    return index;
  }

  /**
   * The error for a prediction that cannot be a probability.
   *
   * @param value the prediction
   * @param row its row
   * @param column its index in the row
   */
  public static IllegalArgumentException notAProbability(double value, int row, int column) {
    return new IllegalArgumentException(
        "the prediction at row " + row + ", column " + column + " is " + value
            + ", expected a value in [0, 1] for Loss.BCE: use Activation.SIGMOID for the output, or declare Loss.BCE_WITH_LOGITS");
  }

  /**
   * The only tensor among the inputs of a network that has one input.
   *
   * @throws IllegalArgumentException if there is none, or there are more
   */
  public static Tensor onlyInput(Tensor[] inputs) {
    if (Objects.requireNonNull(inputs, "inputs").length != 1) {
      throw new IllegalArgumentException(
          inputs.length
              + " tensors are passed as inputs, expected 1: the network has one input, pass its rows in one tensor");
    }
    return Objects.requireNonNull(inputs[0], "inputs[0]");
  }

  /**
   * Checks the name of the input of a network that has one.
   *
   * @param expected its name
   * @throws IllegalArgumentException if it is another name
   */
  public static void onlyInput(String expected, String name) {
    if (!Objects.requireNonNull(name, "input").equals(expected)) {
      throw new IllegalArgumentException("no input is named \"" + name + "\", expected \""
          + expected + "\": the network has one input, pass this name or none");
    }
  }

  /**
   * Checks the capacity of a trainer.
   *
   * @param capacity the maximum number of rows in a call
   * @return the capacity
   * @throws IllegalArgumentException if it is below 1
   */
  public static int capacity(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException(
          "capacity is " + capacity + ", expected at least 1: the most rows of one call");
    }
    return capacity;
  }

  /**
   * Checks the number of threads of a predictor or trainer.
   *
   * @return the number
   * @throws IllegalArgumentException if it is not within 1 and 1024
   */
  public static int threads(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + ", expected at least 1");
    }
    if (threads > MOST_THREADS) {
      throw new IllegalArgumentException("threads is " + threads + ", expected at most "
          + MOST_THREADS + ": pass no more than the machine has cores");
    }
    return threads;
  }

  /**
   * Checks a learning rate.
   *
   * @return the learning rate
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public static double learningRate(double learningRate) {
    if (!(learningRate >= 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the learning rate is " + learningRate + ", expected a finite number of at least 0");
    }
    return learningRate;
  }

  /**
   * The error for a name that no parameter has.
   *
   * @param names the names of the parameters
   */
  public static IllegalArgumentException unknownParameter(String name, Set<String> names) {
    return new IllegalArgumentException(
        "no parameter is named \"" + name + "\", expected one of " + names);
  }

  /** The error for a call that needs a loss, on a network that was declared without one. */
  public static UnsupportedOperationException noLoss() {
    return new UnsupportedOperationException(
        "the network was declared with Loss.NONE: declare a loss, or call backward(gradOutput) with your own gradient");
  }

  /**
   * The error for a call that needs classes, on a regression with one output.
   *
   * @param loss the declared loss
   */
  static UnsupportedOperationException noClasses(String loss) {
    return new UnsupportedOperationException(
        "the network has one output and Loss." + loss
            + ", so it predicts a number, not a class: call forward(x), or declare Loss.BCE_WITH_LOGITS for two classes");
  }

  /**
   * The error for a call that needs unreduced losses, on a network that was declared with a reduction.
   *
   * @param reduction the reduction
   */
  public static UnsupportedOperationException reduced(String reduction) {
    return new UnsupportedOperationException("the network was declared with Reduction." + reduction
        + ": declare @LossOptions(reduction = Reduction.NONE) to get the loss of each element");
  }

  /**
   * The error for a tensor of another dtype or shape.
   *
   * @param what the name of the argument
   * @param expected the expected dtype and shape, and optionally how to fix it
   */
  public static IllegalArgumentException wrongTensor(String what, Tensor found, String expected) {
    return new IllegalArgumentException(what + " is " + found.dtype() + " of shape "
        + Arrays.toString(found.shape()) + ", expected " + expected);
  }
}
