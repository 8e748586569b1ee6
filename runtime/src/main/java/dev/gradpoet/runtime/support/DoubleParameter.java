package dev.gradpoet.runtime.support;

import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.support.parallel.Part;
import java.util.Arrays;
import java.util.List;

/** A {@link Parameter} in {@code double}: a matrix, stored by rows, by columns or in {@link Panels} of either, or a vector. */
public final class DoubleParameter extends Parameter {

  /** The length of rows is a multiple of it, as that of the parts of an array should be. */
  public static final int PADDED = 16;

  /** The rows, or the panels of rows; a vector is one row. */
  public final double[][] rows;

  /** The first row: all values of a vector. */
  public final double[] values;

  private final Tensor view;
  private final boolean vector;
  private final int[] shape;

  /** A parameter of this shape: values in one row, or a matrix whose rows are the outputs. */
  private DoubleParameter(Named slot, Matrix matrix, boolean vector, int... shape) {
    super(slot, matrix);
    this.vector = vector;
    this.shape = shape.clone();
    int height = matrix.height();
    int width = matrix.width();
    if (matrix.isInPanels()) {
      rows = Panels.doubles(slot.layer(), height, matrix.stride(), matrix.columns());
    } else {
      rows = new double[height][matrix.stride()];
    }
    values = rows[0];
    if (vector) {
      view = Tensor.view(values, width).unflatten(0, shape);
    } else {
      Tensor stored = matrix.isInPanels()
          ? Tensor.view(rows, height, width, matrix.columns())
          : Tensor.view(rows, height, width);
      view = shaped(matrix.transposed() ? stored.t() : stored, shape);
    }
  }

  /** Zeros of shape {@code [out, in]}, stored with a row for each input. */
  public static DoubleParameter byInput(String layer, String name, int in, int out) {
    return byInput(layer, name, in, out, 0);
  }

  /**
   * Zeros of shape {@code [out, in]}, stored with a row for each input, in {@link Panels} of so many columns; 0 for an array a row.
   *
   * @throws IllegalArgumentException if an array cannot hold a panel
   */
  public static DoubleParameter byInput(String layer, String name, int in, int out, int columns) {
    return new DoubleParameter(
        new Named(layer, name, true), new Matrix(in, out, columns, true), false, out, in);
  }

  /** Zeros of shape {@code [out, in]}, stored with a row for each output. */
  public static DoubleParameter byOutput(String layer, String name, int in, int out) {
    return byOutput(layer, name, in, out, 0);
  }

  /**
   * Zeros of shape {@code [out, in]}, stored with a row for each output, in {@link Panels} of so many columns; 0 for an array a row.
   *
   * @throws IllegalArgumentException if an array cannot hold a panel
   */
  public static DoubleParameter byOutput(String layer, String name, int in, int out, int columns) {
    return new DoubleParameter(
        new Named(layer, name, true), new Matrix(out, in, columns, false), false, out, in);
  }

  /**
   * Zeros of the same layout as the weight of a convolution: of shape {@code [out, channels, kernel...]}, with the inputs of the matrix in the order
   * (kernel..., channel).
   *
   * @param channels the channels of the input
   * @param kernel the size of the kernel
   */
  public DoubleParameter ofConvolution(int channels, int... kernel) {
    return new DoubleParameter(slot, matrix, false, convolution(shape[0], channels, kernel));
  }

  /** Zeros of a shape, stored in one row in row-major order. */
  public static DoubleParameter vector(String layer, String name, int... shape) {
    int size = SampleShape.size(shape);
    return new DoubleParameter(
        new Named(layer, name, true), new Matrix(1, size, 0, false), true, shape);
  }

  /** Zeros of shape {@code [size]} that no optimizer updates. */
  public static DoubleParameter statistic(String layer, String name, int size) {
    return new DoubleParameter(
        new Named(layer, name, false), new Matrix(1, size, 0, false), true, size);
  }

  /** Zeros of the same name, shape and layout. */
  public DoubleParameter like() {
    return new DoubleParameter(slot, matrix, vector, shape);
  }

  @Override
  public Tensor view() {
    return view;
  }

  @Override
  public long bytes() {
    long length = 0;
    for (double[] row : rows) {
      length += row.length;
    }
    return length * Double.BYTES;
  }

  /** Copies the values of parameters to others of the same shapes and layouts. */
  public static void copyAll(List<DoubleParameter> from, List<DoubleParameter> to) {
    for (int i = 0; i < from.size(); i++) {
      to.get(i).copyFrom(from.get(i));
    }
  }

  /** Copies the values of another parameter of the same shape and layout. */
  public void copyFrom(DoubleParameter other) {
    for (int i = 0; i < rows.length; i++) {
      for (int from = 0; from < rows[i].length; from += matrix.stride(i)) {
        System.arraycopy(other.rows[i], from, rows[i], from, matrix.values(i));
      }
    }
  }

  /** Sets the values of a vector from an index on. */
  public void set(int from, double... some) {
    System.arraycopy(some, 0, rows[0], from, some.length);
  }

  /** Sets all values. */
  public void fill(double value) {
    for (int i = 0; i < rows.length; i++) {
      for (int from = 0; from < rows[i].length; from += matrix.stride(i)) {
        Arrays.fill(rows[i], from, from + matrix.values(i), value);
      }
    }
  }

  @Override
  public void zero() {
    for (double[] row : rows) {
      Arrays.fill(row, 0.0);
    }
  }

  /** Sets a part of each array to zero. */
  public void zero(Part part) {
    for (double[] row : rows) {
      Arrays.fill(row, part.from(row.length, PADDED), part.to(row.length, PADDED), 0.0);
    }
  }

  @Override
  public double addSquares(double sum) {
    double result = sum;
    for (int row = 0; row < matrix.height(); row++) {
      if (matrix.isInPanels()) {
        for (int p = 0; p < rows.length; p++) {
          result = addSquares(result, rows[p], row * matrix.stride(p), matrix.values(p));
        }
      } else {
        result = addSquares(result, rows[row], 0, matrix.width());
      }
    }
    return result;
  }

  private static double addSquares(double sum, double[] values, int from, int length) {
    double result = sum;
    for (int j = from; j < from + length; j++) {
      result += values[j] * values[j];
    }
    return result;
  }

  @Override
  public boolean isZero() {
    for (int i = 0; i < rows.length; i++) {
      for (int from = 0; from < rows[i].length; from += matrix.stride(i)) {
        if (!isZero(rows[i], from, matrix.values(i))) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isZero(double[] row, int from, int length) {
    for (int j = from; j < from + length; j++) {
      if (row[j] != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void scale(double factor) {
    for (int i = 0; i < rows.length; i++) {
      for (int from = 0; from < rows[i].length; from += matrix.stride(i)) {
        scale(rows[i], from, matrix.values(i), factor);
      }
    }
  }

  private static void scale(double[] row, int from, int length, double factor) {
    for (int j = from; j < from + length; j++) {
      row[j] *= factor;
    }
  }

  @Override
  public void clamp(double limit) {
    for (int i = 0; i < rows.length; i++) {
      for (int from = 0; from < rows[i].length; from += matrix.stride(i)) {
        clamp(rows[i], from, matrix.values(i), limit);
      }
    }
  }

  private static void clamp(double[] row, int from, int length, double limit) {
    for (int j = from; j < from + length; j++) {
      row[j] = Math.min(Math.max(row[j], -limit), limit);
    }
  }
}
