package dev.gradpoet.runtime;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.memory.Rows;
import java.util.Arrays;
import java.util.Objects;

/**
 * Numbers of one {@link DType} in a fixed shape: a scalar (shape {@code []}), vector, matrix or
 * more.
 *
 * <p>{@code of} and {@code zeros} create tensors with their own memory. {@code view} and {@link #t} create live views of shared memory: writes are
 * visible on both sides. Arrays that are passed in or returned are in row-major order, the last dimension fastest, regardless of the memory layout.
 */
public final class Tensor {

  private final Storage storage;
  private final Layout layout;

  private Tensor(Storage storage, Layout layout) {
    this.storage = storage;
    this.layout = layout;
  }

  /** A {@code FLOAT32} vector of these values, copied. */
  public static Tensor of(float... values) {
    return of(values, Objects.requireNonNull(values, "values").length);
  }

  /** A {@code FLOAT64} vector of these values, copied. */
  public static Tensor of(double... values) {
    return of(values, Objects.requireNonNull(values, "values").length);
  }

  /** An {@code INT64} vector of these values, copied. */
  public static Tensor of(long... values) {
    return of(values, Objects.requireNonNull(values, "values").length);
  }

  /** An {@code INT64} vector of these values, such as class indices; {@code of(1, 2)} is {@code INT64}, as in PyTorch. */
  public static Tensor of(int... values) {
    return of(values, Objects.requireNonNull(values, "values").length);
  }

  /**
   * A {@code FLOAT32} tensor of a copy of {@code data}.
   *
   * @param shape the sizes of the dimensions; an empty array gives a scalar
   * @throws IllegalArgumentException if the number of values of the shape is not {@code data.length}
   */
  public static Tensor of(float[] data, int... shape) {
    Layout layout = Layout.over(Objects.requireNonNull(data, "data").length, shape);
    return new Tensor(new Storage.FloatArray(data.clone()), layout);
  }

  /** A {@code FLOAT64} tensor of a copy of {@code data}, as {@link #of(float[], int...)}. */
  public static Tensor of(double[] data, int... shape) {
    Layout layout = Layout.over(Objects.requireNonNull(data, "data").length, shape);
    return new Tensor(new Storage.DoubleArray(data.clone()), layout);
  }

  /** An {@code INT64} tensor of a copy of {@code data}, as {@link #of(float[], int...)}. */
  public static Tensor of(long[] data, int... shape) {
    Layout layout = Layout.over(Objects.requireNonNull(data, "data").length, shape);
    return new Tensor(new Storage.LongArray(data.clone()), layout);
  }

  /** An {@code INT64} tensor of the values of {@code data}, as {@link #of(float[], int...)}. */
  public static Tensor of(int[] data, int... shape) {
    Layout layout = Layout.over(Objects.requireNonNull(data, "data").length, shape);
    return new Tensor(new Storage.LongArray(Arrays.stream(data).asLongStream().toArray()), layout);
  }

  /** A tensor over an array that is not shared. */
  static Tensor owning(long[] data, int... shape) {
    return new Tensor(new Storage.LongArray(data), Layout.over(data.length, shape));
  }

  /**
   * A {@code FLOAT32} matrix of a copy of these rows.
   *
   * @throws IllegalArgumentException if they differ in length
   * @throws NullPointerException if one is null
   */
  public static Tensor of(float[][] rows) {
    return view(RowArrays.flat(rows), rows.length, RowArrays.width(rows));
  }

  /** A {@code FLOAT64} matrix of a copy of these rows, as {@link #of(float[][])}. */
  public static Tensor of(double[][] rows) {
    return view(RowArrays.flat(rows), rows.length, RowArrays.width(rows));
  }

  /** An {@code INT64} matrix of a copy of these rows, as {@link #of(float[][])}. */
  public static Tensor of(long[][] rows) {
    return owning(RowArrays.flat(rows), rows.length, RowArrays.width(rows));
  }

  /** An {@code INT64} matrix of the values of these rows, as {@link #of(float[][])}. */
  public static Tensor of(int[][] rows) {
    return owning(RowArrays.flat(rows), rows.length, RowArrays.width(rows));
  }

  /**
   * Zeros.
   *
   * @param shape the sizes of the dimensions; none gives a scalar
   * @throws IllegalArgumentException if a size is negative, or the tensor does not fit into the heap
   */
  public static Tensor zeros(DType dtype, int... shape) {
    Objects.requireNonNull(dtype, "dtype");
    Layout layout = Layout.contiguous(shape);
    return new Tensor(Storage.zeros(dtype, layout.size()), layout);
  }

  /** A live {@code FLOAT32} view of a whole array, as a vector. */
  public static Tensor view(float[] data) {
    return view(data, Objects.requireNonNull(data, "data").length);
  }

  /**
   * A live {@code FLOAT32} view of the first values of {@code data}, which may hold more.
   *
   * @param shape the sizes of the dimensions; an empty array gives a scalar
   * @throws IllegalArgumentException if {@code data} is shorter than the shape
   */
  public static Tensor view(float[] data, int... shape) {
    Layout layout = Layout.within(Objects.requireNonNull(data, "data").length, shape);
    return new Tensor(new Storage.FloatArray(data), layout);
  }

  /** A live {@code FLOAT64} view of a whole array, as a vector. */
  public static Tensor view(double[] data) {
    return view(data, Objects.requireNonNull(data, "data").length);
  }

  /** A live {@code FLOAT64} view, as {@link #view(float[], int...)}. */
  public static Tensor view(double[] data, int... shape) {
    Layout layout = Layout.within(Objects.requireNonNull(data, "data").length, shape);
    return new Tensor(new Storage.DoubleArray(data), layout);
  }

  /**
   * A live {@code FLOAT32} view, shape {@code [height, width]}, of the first rows and columns; padding beyond them is not touched.
   *
   * @throws IllegalArgumentException if there are fewer rows, or one of them is shorter
   */
  public static Tensor view(float[][] rows, int height, int width) {
    int shift = RowAddress.shift(width);
    Layout layout = Layout.ofRows(height, width, shift);
    Layout.requireLength("rows", Objects.requireNonNull(rows, "rows").length, height);
    for (int i = 0; i < height; i++) {
      Layout.requireLength("rows", i, Rows.present("rows", rows[i], i).length, width);
    }
    return new Tensor(new Storage.FloatRows(rows, shift), layout);
  }

  /**
   * A live {@code FLOAT32} view, shape {@code [height, width]}, of a matrix in panels: {@code panels[p]} holds {@code columns} columns from {@code p
   * * columns} on, row by row; the last panel holds the remaining columns and may have padding.
   *
   * @throws IllegalArgumentException if {@code height} or {@code columns} is below 1, the number of panels does not match the width, or one is too
   *     short
   */
  public static Tensor view(float[][] panels, int height, int width, int columns) {
    int[] lengths = RowArrays.lengths("panels", panels);
    Layout layout = Layout.ofRows(height, width, RowAddress.shift(width));
    PanelPlaces places = PanelPlaces.of(lengths, height, width, columns);
    return new Tensor(new PanelStorage.FloatPanels(panels, places), layout);
  }

  /** A live {@code FLOAT64} view, as {@link #view(float[][], int, int, int)}. */
  public static Tensor view(double[][] panels, int height, int width, int columns) {
    int[] lengths = RowArrays.lengths("panels", panels);
    Layout layout = Layout.ofRows(height, width, RowAddress.shift(width));
    PanelPlaces places = PanelPlaces.of(lengths, height, width, columns);
    return new Tensor(new PanelStorage.DoublePanels(panels, places), layout);
  }

  /** A live {@code FLOAT64} view, as {@link #view(float[][], int, int)}. */
  public static Tensor view(double[][] rows, int height, int width) {
    int shift = RowAddress.shift(width);
    Layout layout = Layout.ofRows(height, width, shift);
    Layout.requireLength("rows", Objects.requireNonNull(rows, "rows").length, height);
    for (int i = 0; i < height; i++) {
      Layout.requireLength("rows", i, Rows.present("rows", rows[i], i).length, width);
    }
    return new Tensor(new Storage.DoubleRows(rows, shift), layout);
  }

  /**
   * The live transposed view of a matrix.
   *
   * @throws IllegalStateException if this tensor does not have two dimensions
   */
  public Tensor t() {
    if (layout.shape().length != 2) {
      throw new IllegalStateException("a tensor of shape " + layout.describe()
          + " cannot be transposed: t() takes a matrix, two dimensions");
    }
    return new Tensor(storage, layout.transposed());
  }

  /**
   * A live view in which one dimension is several, as PyTorch's {@code unflatten}: of shape {@code [n, 784]}, {@code unflatten(1, 1, 28, 28)} has the
   * shape {@code [n, 1, 28, 28]}.
   *
   * @param dim the dimension
   * @param sizes of the dimensions that take its place, in row-major order
   * @throws IllegalArgumentException if there is no such dimension, or its size is not the product of the sizes
   */
  public Tensor unflatten(int dim, int... sizes) {
    return new Tensor(storage, layout.unflatten(dim, sizes));
  }

  /**
   * A live view with the dimensions in another order, as PyTorch's {@code permute}.
   *
   * @param dims the dimensions in their new order, counted from 0; negative ones are not accepted
   * @throws IllegalArgumentException if dims does not contain each dimension exactly once
   * @throws NullPointerException if dims is null
   */
  public Tensor permute(int... dims) {
    return new Tensor(storage, layout.permute(dims));
  }

  /**
   * One value as a double: exact for floating point and for integers up to 2^53 in magnitude; beyond that, {@link #getLong} is exact.
   *
   * @param index one number for each dimension, from 0; none for a scalar
   * @throws IndexOutOfBoundsException if there is no such value
   */
  public double get(int... index) {
    return storage.get(layout.address(index));
  }

  /**
   * One value of an {@code INT64} tensor, exactly.
   *
   * @param index one number for each dimension, from 0; none for a scalar
   * @throws IndexOutOfBoundsException if there is no such value
   * @throws IllegalStateException if the tensor is not {@code INT64}
   */
  public long getLong(int... index) {
    integers("getLong");
    return storage.getLong(layout.address(index));
  }

  /**
   * Sets one value, rounded to the dtype.
   *
   * @param index one number for each dimension, from 0; none for a scalar
   * @throws IndexOutOfBoundsException if there is no such place
   * @throws IllegalArgumentException if the tensor is {@code INT64} and the value is not an integer
   */
  public void set(double value, int... index) {
    long address = layout.address(index);
    if (dtype() == DType.INT64) {
      Storage.requireInteger(value);
    }
    storage.set(address, value);
  }

  /**
   * Sets all values, row by row.
   *
   * @param values must not be the array under this view
   * @throws IllegalArgumentException if there are not {@link #size} of them, or the tensor is {@code INT64} and one is not an integer; the tensor is
   *     then unchanged
   */
  public void copyFrom(float[] values) {
    complete(Objects.requireNonNull(values, "values").length);
    if (dtype() == DType.INT64) {
      for (float value : values) {
        Storage.requireInteger(value);
      }
    }
    for (Layout.Addresses at = layout.addresses(); at.nextRow(); ) {
      storage.write(at.address(), at.step(), at.width(), values, at.position());
    }
  }

  /** Sets all values, row by row, rounded to the dtype, as {@link #copyFrom(float[])}. */
  public void copyFrom(double[] values) {
    complete(Objects.requireNonNull(values, "values").length);
    if (dtype() == DType.INT64) {
      for (double value : values) {
        Storage.requireInteger(value);
      }
    }
    for (Layout.Addresses at = layout.addresses(); at.nextRow(); ) {
      storage.write(at.address(), at.step(), at.width(), values, at.position());
    }
  }

  /**
   * Sets all values, row by row, rounded to the dtype.
   *
   * @throws IllegalArgumentException if there are not {@link #size} of them
   */
  public void copyFrom(long[] values) {
    complete(Objects.requireNonNull(values, "values").length);
    for (Layout.Addresses at = layout.addresses(); at.next(); ) {
      storage.setLong(at.address(), values[at.position()]);
    }
  }

  /**
   * Sets all values to those of a tensor of the same shape, rounded to this dtype. The two may be
   * views of the same memory.
   *
   * @throws IllegalArgumentException if the shapes differ, or this tensor is {@code INT64} and a value is not an integer; the tensor is then
   *     unchanged
   */
  public void copyFrom(Tensor source) {
    Objects.requireNonNull(source, "source");
    if (!Arrays.equals(layout.shape(), source.layout.shape())) {
      throw new IllegalArgumentException("source has shape " + source.layout.describe()
          + ", expected " + layout.describe() + ", the shape of the tensor that it is copied to");
    }
    // Through a copy, because the source may be a view of the same memory.
    switch (source.dtype()) {
      case FLOAT32 -> copyFrom(source.toFloatArray());
      case FLOAT64 -> copyFrom(source.toDoubleArray());
      case INT64 -> copyFrom(source.toLongArray());
    }
  }

  /** The sizes of the dimensions, in a new array. */
  public int[] shape() {
    return layout.shape().clone();
  }

  /** The number of values: the product of the shape, 1 for a scalar. */
  public int size() {
    return layout.size();
  }

  /** The type of the values. */
  public DType dtype() {
    return storage.dtype();
  }

  /** A copy in this dtype. Values are rounded; from floating point to {@code INT64} they are truncated towards zero, as in PyTorch. */
  public Tensor to(DType target) {
    Objects.requireNonNull(target, "target");
    Tensor copy = new Tensor(Storage.zeros(target, size()), Layout.contiguous(layout.shape()));
    if (dtype() == DType.INT64 || target == DType.INT64) {
      for (Layout.Addresses at = layout.addresses(); at.next(); ) {
        copy.storage.setLong(at.position(), storage.getLong(at.address()));
      }
    } else {
      for (Layout.Addresses at = layout.addresses(); at.next(); ) {
        copy.storage.set(at.position(), storage.get(at.address()));
      }
    }
    return copy;
  }

  /** The values in row-major order in a new array, rounded to float if the dtype is wider. */
  public float[] toFloatArray() {
    if (storage instanceof Storage.FloatArray array && layout.isContiguous()) {
      return Arrays.copyOf(array.data(), size());
    }
    float[] values = new float[size()];
    if (dtype() == DType.INT64) {
      for (Layout.Addresses at = layout.addresses(); at.next(); ) {
        values[at.position()] = storage.getLong(at.address());
      }
    } else {
      for (Layout.Addresses at = layout.addresses(); at.nextRow(); ) {
        storage.read(at.address(), at.step(), at.width(), values, at.position());
      }
    }
    return values;
  }

  /** The values in row-major order in a new array; integers beyond 2^53 are rounded. */
  public double[] toDoubleArray() {
    if (storage instanceof Storage.DoubleArray array && layout.isContiguous()) {
      return Arrays.copyOf(array.data(), size());
    }
    double[] values = new double[size()];
    for (Layout.Addresses at = layout.addresses(); at.nextRow(); ) {
      storage.read(at.address(), at.step(), at.width(), values, at.position());
    }
    return values;
  }

  /**
   * The values of an {@code INT64} tensor row by row in a new array.
   *
   * @throws IllegalStateException if the tensor is not {@code INT64}
   */
  public long[] toLongArray() {
    integers("toLongArray");
    long[] values = new long[size()];
    for (Layout.Addresses at = layout.addresses(); at.next(); ) {
      values[at.position()] = storage.getLong(at.address());
    }
    return values;
  }

  /**
   * The values of an {@code INT64} tensor in row-major order in a new array of int, the type of class indices in methods on arrays.
   *
   * @throws IllegalStateException if the tensor is not {@code INT64}
   * @throws ArithmeticException if a value is outside the range of int
   */
  public int[] toIntArray() {
    integers("toIntArray");
    int[] values = new int[size()];
    for (Layout.Addresses at = layout.addresses(); at.next(); ) {
      values[at.position()] = toInt(storage.getLong(at.address()));
    }
    return values;
  }

  /** Same dtype, shape and values. 0.0 equals -0.0, and NaN equals NaN. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && dtype() == that.dtype()
        && Arrays.equals(layout.shape(), that.layout.shape())
        && (dtype() == DType.INT64
            ? Arrays.equals(toLongArray(), that.toLongArray())
            : Arrays.equals(withoutNegativeZeros(), that.withoutNegativeZeros()));
  }

  @Override
  public int hashCode() {
    int values = dtype() == DType.INT64
        ? Arrays.hashCode(toLongArray())
        : Arrays.hashCode(withoutNegativeZeros());
    return 31 * Arrays.hashCode(layout.shape()) + values;
  }

  /** What {@code print(tensor)} prints in PyTorch. */
  @Override
  public String toString() {
    return TensorPrinter.print(storage, layout);
  }

  /** The values in a form in which {@link Arrays} finds 0.0 and -0.0 equal: adding 0.0 turns -0.0 into 0.0. */
  private double[] withoutNegativeZeros() {
    double[] values = toDoubleArray();
    for (int i = 0; i < values.length; i++) {
      values[i] += 0.0;
    }
    return values;
  }

  private void complete(int length) {
    if (length != size()) {
      throw new IllegalArgumentException("values has the length " + length + ", expected " + size()
          + ", the size of shape " + layout.describe());
    }
  }

  private void integers(String method) {
    if (dtype() != DType.INT64) {
      throw new IllegalStateException(method + " reads INT64, this tensor is " + dtype()
          + ": use to(INT64) first, or read it as floating point");
    }
  }

  private static int toInt(long value) {
    if (value != (int) value) {
      throw new ArithmeticException(value + " is outside the range of int: use toLongArray");
    }
    return (int) value;
  }
}
