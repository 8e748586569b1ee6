package dev.gradpoet.training;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Tensor;
import java.util.List;

/** The values of one input, or the targets, of all rows in one flat array. Views of a data set share it. */
sealed interface Values permits FloatValues, DoubleValues, IndexValues {

  /** The number of rows. */
  int rows();

  /** The number of values of a row. */
  int width();

  /** The shape of a row. */
  int[] shape();

  /** What the values are: {@code INT64} for class indices. */
  DType dtype();

  /** A name for each value of a row; empty if they have none. */
  List<String> names();

  /** Some of the rows in a new tensor of shape {@code [n, shape...]}. */
  Tensor tensor(RowIndex rows);

  /** A value as a number. */
  double get(int row, int column);

  /** Adds the bits of a row to a hash. */
  long hash(long hash, int row);

  /** A hash that depends on the bits and the order of all values added to it. */
  static long mix(long hash, long bits) {
    long mixed = (hash ^ bits) * 0x9e3779b97f4a7c15L;
    return mixed ^ (mixed >>> 29);
  }

  /** The shape of a batch of n rows. */
  static int[] batch(int n, int... shape) {
    int[] batch = new int[shape.length + 1];
    batch[0] = n;
    System.arraycopy(shape, 0, batch, 1, shape.length);
    return batch;
  }

  /** The number of values of a shape. */
  static int size(int... shape) {
    int size = 1;
    for (int each : shape) {
      if (each < 1) {
        throw new IllegalArgumentException(
            "a size of the shape is " + each + ", expected at least 1");
      }
      size = Math.multiplyExact(size, each);
    }
    return size;
  }

  /**
   * The number of rows in a flat array.
   *
   * @throws IllegalArgumentException if it is not a whole number of rows
   */
  static int rows(String what, int length, int width) {
    if (length % width != 0) {
      throw new IllegalArgumentException(
          what + " holds " + length + " values, expected whole rows of " + width);
    }
    return length / width;
  }
}
