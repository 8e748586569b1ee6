package dev.gradpoet.runtime.support;

import dev.gradpoet.runtime.Tensor;
import java.util.Arrays;

/**
 * One parameter slot of a layer: a weight, a bias, a running statistic. Other objects of the same shape hold its gradient and what an
 * optimizer remembers of it. The kernels see arrays of rows or of panels, padded to a multiple of 16 values; everybody else sees a live view in
 * PyTorch's shape. The padding is never read.
 */
public abstract sealed class Parameter implements Slot permits FloatParameter, DoubleParameter {

  final Named slot;
  final Matrix matrix;

  /** What a parameter is called, and whether optimizers update it. */
  record Named(String layer, String name, boolean trained) {}

  /**
   * How the values are stored.
   *
   * @param height the number of rows
   * @param width the number of values in a row, without its padding
   * @param columns the number of columns in a panel, or 0 for an array a row
   * @param transposed whether the rows are the columns of PyTorch's matrix
   */
  record Matrix(int height, int width, int columns, boolean transposed) {

    boolean isInPanels() {
      return columns > 0;
    }

    /** The length of a row with its padding: a multiple of 16 values, which whole vectors of any width fill. */
    int stride() {
      return (width + 15) / 16 * 16;
    }

    /** How many values of a row an array holds: a row, or the columns of a panel. */
    int values(int array) {
      return isInPanels() ? Math.min(columns, width - array * columns) : width;
    }

    /** How far apart rows begin in an array, which is one row or a panel of them. */
    int stride(int array) {
      return isInPanels() ? Math.min(columns, stride() - array * columns) : stride();
    }
  }

  /** {@code [out, channels, kernel...]}. */
  static int[] convolution(int out, int channels, int... kernel) {
    int[] shape = new int[kernel.length + 2];
    shape[0] = out;
    shape[1] = channels;
    System.arraycopy(kernel, 0, shape, 2, kernel.length);
    return shape;
  }

  /** A matrix {@code [out, in]} in PyTorch's shape, which of a convolution has more dimensions. */
  static Tensor shaped(Tensor matrix, int... shape) {
    if (shape.length == 2) {
      return matrix;
    }
    int last = shape.length - 1;
    int[] inputs = Arrays.copyOfRange(shape, 2, last + 2);
    inputs[last - 1] = shape[1];
    int[] order = new int[last + 1];
    for (int d = 1; d <= last; d++) {
      order[d] = d == 1 ? last : d - 1;
    }
    return matrix.unflatten(1, inputs).permute(order);
  }

  Parameter(Named slot, Matrix matrix) {
    this.slot = slot;
    this.matrix = matrix;
  }

  /** The name of the layer that it belongs to. */
  public final String layer() {
    return slot.layer();
  }

  @Override
  public final String name() {
    return slot.name();
  }

  @Override
  public final boolean isTrained() {
    return slot.trained();
  }

  /** How many values of a row an array of the storage holds; the rest of the stride is padding. */
  public final int values(int array) {
    return matrix.values(array);
  }

  /** How far apart rows begin in an array of the storage, which is one row or a panel of them. */
  public final int stride(int array) {
    return matrix.stride(array);
  }

  @Override
  public abstract Tensor view();

  /** The bytes of all values and their padding. */
  public abstract long bytes();

  /** Sets all values to zero. */
  public abstract void zero();

  /** Adds the squares of all values to a sum, row by row in double. */
  public abstract double addSquares(double sum);

  /** Whether all values are zero. */
  public abstract boolean isZero();

  /** Multiplies all values. */
  public abstract void scale(double factor);

  /** Takes all values between {@code -limit} and {@code limit}. */
  public abstract void clamp(double limit);
}
