package dev.gradpoet.runtime;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.memory.Heap;

/**
 * The memory of a tensor: values of one dtype at addresses that the tensor's {@link Layout} computes.
 *
 * <p>An address in a flat array is an index; in row arrays and panels it is a {@link RowAddress}. Strides, and therefore transposed views, work the
 * same way for all of them.
 */
sealed interface Storage
    permits Storage.FloatArray,
        Storage.FloatRows,
        Storage.DoubleArray,
        Storage.DoubleRows,
        Storage.LongArray,
        PanelStorage {

  DType dtype();

  /** The value as a double: exact except for integers beyond 2^53. */
  double get(long address);

  /** The value as a long: exact for integers, truncated towards zero for floating point. */
  long getLong(long address);

  /** Stores a value, rounded to the dtype. Integer storage truncates; its callers have checked the value. */
  void set(long address, double value);

  /** Stores an integer, rounded once to the dtype. */
  void setLong(long address, long value);

  /**
   * Copies floating-point values to an array.
   *
   * @param address of the first
   * @param step from each address to the next
   * @param count how many there are
   * @param into the array
   * @param from the index of the first in the array
   */
  default void read(long address, long step, int count, float[] into, int from) {
    for (int i = 0; i < count; i++) {
      into[from + i] = (float) get(address + i * step);
    }
  }

  /** As into an array of floats. */
  default void read(long address, long step, int count, double[] into, int from) {
    for (int i = 0; i < count; i++) {
      into[from + i] = get(address + i * step);
    }
  }

  /** Stores values of an array, rounded to the dtype, with the parameters of {@link #read(long, long, int, float[], int)}. */
  default void write(long address, long step, int count, float[] values, int from) {
    for (int i = 0; i < count; i++) {
      set(address + i * step, values[from + i]);
    }
  }

  /** As from an array of floats. */
  default void write(long address, long step, int count, double[] values, int from) {
    for (int i = 0; i < count; i++) {
      set(address + i * step, values[from + i]);
    }
  }

  /**
   * Rejects a value that a long cannot represent.
   *
   * @throws IllegalArgumentException if the value is no integer, or outside the range of long
   */
  static void requireInteger(double value) {
    if (value != StrictMath.rint(value) || value < -0x1p63 || value >= 0x1p63) {
      throw new IllegalArgumentException(value
          + " is not an INT64 value: round it first, or keep it in a FLOAT32 or FLOAT64 tensor");
    }
  }

  /**
   * New zeros in flat memory.
   *
   * @throws IllegalArgumentException if they do not fit into an array or the heap
   */
  static Storage zeros(DType dtype, int size) {
    Heap.array("a tensor of " + dtype, size, dtype == DType.FLOAT32 ? Float.BYTES : Long.BYTES);
    return switch (dtype) {
      case FLOAT32 -> new FloatArray(new float[size]);
      case FLOAT64 -> new DoubleArray(new double[size]);
      case INT64 -> new LongArray(new long[size]);
    };
  }

  /** Flat float32 memory. */
  record FloatArray(float[] data) implements Storage {
    @Override
    public DType dtype() {
      return DType.FLOAT32;
    }

    @Override
    public double get(long address) {
      return data[(int) address];
    }

    @Override
    public long getLong(long address) {
      return (long) data[(int) address];
    }

    @Override
    public void set(long address, double value) {
      data[(int) address] = (float) value;
    }

    @Override
    public void setLong(long address, long value) {
      data[(int) address] = value;
    }
  }

  /** Rows of float32, each a separate array, as the kernels store weights. */
  record FloatRows(float[][] rows, int shift) implements Storage {
    @Override
    public DType dtype() {
      return DType.FLOAT32;
    }

    @Override
    public double get(long address) {
      return rows[RowAddress.row(address, shift)][RowAddress.column(address, shift)];
    }

    @Override
    public long getLong(long address) {
      return (long) rows[RowAddress.row(address, shift)][RowAddress.column(address, shift)];
    }

    @Override
    public void set(long address, double value) {
      rows[RowAddress.row(address, shift)][RowAddress.column(address, shift)] = (float) value;
    }

    @Override
    public void setLong(long address, long value) {
      rows[RowAddress.row(address, shift)][RowAddress.column(address, shift)] = value;
    }
  }

  /** Flat float64 memory. */
  record DoubleArray(double[] data) implements Storage {
    @Override
    public DType dtype() {
      return DType.FLOAT64;
    }

    @Override
    public double get(long address) {
      return data[(int) address];
    }

    @Override
    public long getLong(long address) {
      return (long) data[(int) address];
    }

    @Override
    public void set(long address, double value) {
      data[(int) address] = value;
    }

    @Override
    public void setLong(long address, long value) {
      data[(int) address] = value;
    }
  }

  /** Rows of float64, each a separate array, as the kernels store weights. */
  record DoubleRows(double[][] rows, int shift) implements Storage {
    @Override
    public DType dtype() {
      return DType.FLOAT64;
    }

    @Override
    public double get(long address) {
      return rows[RowAddress.row(address, shift)][RowAddress.column(address, shift)];
    }

    @Override
    public long getLong(long address) {
      return (long) rows[RowAddress.row(address, shift)][RowAddress.column(address, shift)];
    }

    @Override
    public void set(long address, double value) {
      rows[RowAddress.row(address, shift)][RowAddress.column(address, shift)] = value;
    }

    @Override
    public void setLong(long address, long value) {
      rows[RowAddress.row(address, shift)][RowAddress.column(address, shift)] = value;
    }
  }

  /** Flat int64 memory. */
  record LongArray(long[] data) implements Storage {
    @Override
    public DType dtype() {
      return DType.INT64;
    }

    @Override
    public double get(long address) {
      return data[(int) address];
    }

    @Override
    public long getLong(long address) {
      return data[(int) address];
    }

    @Override
    public void set(long address, double value) {
      data[(int) address] = (long) value;
    }

    @Override
    public void setLong(long address, long value) {
      data[(int) address] = value;
    }
  }
}
