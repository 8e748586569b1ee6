package dev.gradpoet.runtime;

import java.util.Arrays;
import java.util.Objects;

/** The shape of a tensor and its strides: for each dimension, the distance between the addresses of neighbours. The arrays are never changed. */
record Layout(int[] shape, long[] strides, int size) {

  /** Row-major order without gaps. */
  static Layout contiguous(int... shape) {
    int[] own = Objects.requireNonNull(shape, "shape").clone();
    int size = sizeOf(own);
    long[] strides = new long[own.length];
    long stride = 1;
    for (int d = own.length - 1; d >= 0; d--) {
      strides[d] = stride;
      stride *= Math.max(1, own[d]);
    }
    return new Layout(own, strides, size);
  }

  /** The layout of a matrix in row storage with this shift. */
  static Layout ofRows(int height, int width, int shift) {
    int[] shape = {height, width};
    return new Layout(shape, new long[] {1L << shift, 1}, sizeOf(shape));
  }

  /**
   * The contiguous layout of a shape over an array.
   *
   * @throws IllegalArgumentException if the array's length is not the number of values
   */
  static Layout over(int length, int... shape) {
    Layout layout = contiguous(shape);
    if (length != layout.size) {
      throw new IllegalArgumentException("data has " + length + " values, expected " + layout.size
          + " for shape " + layout.describe() + ": pass as many as the product of the shape");
    }
    return layout;
  }

  /**
   * The contiguous layout of a shape over the beginning of an array.
   *
   * @throws IllegalArgumentException if the array is shorter than the number of values
   */
  static Layout within(int length, int... shape) {
    Layout layout = contiguous(shape);
    requireLength("data", length, layout.size);
    return layout;
  }

  /** Rejects an element of an array of arrays that is too short for a view. */
  static void requireLength(String name, int index, int length, int needed) {
    if (length < needed) {
      requireLength(name + "[" + index + "]", length, needed);
    }
  }

  /** Rejects an array that is too short for a view. */
  static void requireLength(String name, int length, int needed) {
    if (length < needed) {
      throw new IllegalArgumentException(name + " has the length " + length + ", expected at least "
          + needed + ": pass a longer array or view less of it");
    }
  }

  private static int sizeOf(int[] shape) {
    for (int length : shape) {
      if (length < 0) {
        throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " has the size "
            + length + ", expected 0 or more in each dimension");
      }
    }
    for (int length : shape) {
      if (length == 0) {
        return 0;
      }
    }
    long size = 1;
    for (int length : shape) {
      size *= length;
      if (size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " has more than "
            + Integer.MAX_VALUE + " values, the most that a tensor holds: split it");
      }
    }
    return (int) size;
  }

  /** Whether the addresses are those of row-major order without gaps. */
  boolean isContiguous() {
    long stride = 1;
    for (int d = shape.length - 1; d >= 0; d--) {
      if (shape[d] != 1 && strides[d] != stride) {
        return false;
      }
      stride *= Math.max(1, shape[d]);
    }
    return true;
  }

  /** The shape as text, such as {@code [2, 3]}. */
  String describe() {
    return Arrays.toString(shape);
  }

  /** The layout of the transposed matrix. */
  Layout transposed() {
    return new Layout(new int[] {shape[1], shape[0]}, new long[] {strides[1], strides[0]}, size);
  }

  /**
   * The layout with the dimensions in another order.
   *
   * @throws IllegalArgumentException if this is not each dimension once
   */
  Layout permute(int... dims) {
    if (!isPermutation(dims)) {
      throw new IllegalArgumentException("dims are " + Arrays.toString(dims)
          + (shape.length == 0
              ? ", expected none"
              : ", expected each of 0 to " + (shape.length - 1) + " once")
          + " for shape " + describe());
    }
    int[] permuted = new int[dims.length];
    long[] distances = new long[dims.length];
    for (int d = 0; d < dims.length; d++) {
      permuted[d] = shape[dims[d]];
      distances[d] = strides[dims[d]];
    }
    return new Layout(permuted, distances, size);
  }

  private boolean isPermutation(int... dims) {
    boolean[] seen = new boolean[shape.length];
    for (int d : Objects.requireNonNull(dims, "dims")) {
      if (d < 0 || d >= seen.length || seen[d]) {
        return false;
      }
      seen[d] = true;
    }
    return dims.length == shape.length;
  }

  /**
   * The layout in which one dimension is several.
   *
   * @throws IllegalArgumentException if there is no such dimension, or its size is not the product of the sizes
   */
  Layout unflatten(int dim, int... sizes) {
    if (dim < 0 || dim >= shape.length) {
      throw new IllegalArgumentException(
          "dim is " + dim + ", expected 0 to " + (shape.length - 1) + " for shape " + describe());
    }
    Layout inner = contiguous(sizes);
    if (sizes.length == 0 || inner.size != shape[dim]) {
      throw new IllegalArgumentException("sizes are " + Arrays.toString(sizes)
          + ", expected a product of " + shape[dim] + ", the size of dimension " + dim
          + " of shape " + describe());
    }
    int rest = shape.length - dim - 1;
    int[] split = Arrays.copyOf(shape, shape.length - 1 + sizes.length);
    long[] distances = Arrays.copyOf(strides, split.length);
    for (int d = 0; d < sizes.length; d++) {
      split[dim + d] = sizes[d];
      distances[dim + d] = inner.strides[d] * strides[dim];
    }
    System.arraycopy(shape, dim + 1, split, dim + sizes.length, rest);
    System.arraycopy(strides, dim + 1, distances, dim + sizes.length, rest);
    return new Layout(split, distances, size);
  }

  /**
   * The address of one value.
   *
   * @throws IndexOutOfBoundsException if the index is outside the shape
   */
  long address(int... index) {
    if (Objects.requireNonNull(index, "index").length != shape.length) {
      throw new IndexOutOfBoundsException("index " + Arrays.toString(index) + " has " + index.length
          + " numbers, expected " + shape.length + ", one for each dimension of shape "
          + describe());
    }
    long address = 0;
    for (int d = 0; d < shape.length; d++) {
      if (index[d] < 0 || index[d] >= shape[d]) {
        throw new IndexOutOfBoundsException("index " + Arrays.toString(index) + " is outside shape "
            + describe() + ": dimension " + d + " has size " + shape[d] + ", indices count from 0");
      }
      address += index[d] * strides[d];
    }
    return address;
  }

  /** All values in row-major order, before the first of them. */
  Addresses addresses() {
    return new Addresses(this);
  }

  /** Goes through the addresses of a tensor's values in row-major order. It is no visitor: the first lambda of a program takes milliseconds to link. */
  static final class Addresses {

    private final Layout layout;
    private final int[] index;
    private final int width;
    private final long step;
    private long row;
    private int column = -1;
    private int position = -1;

    private Addresses(Layout layout) {
      int last = layout.shape.length - 1;
      this.layout = layout;
      this.index = new int[Math.max(0, last)];
      this.width = last < 0 ? 1 : layout.shape[last];
      this.step = last < 0 ? 0 : layout.strides[last];
    }

    /** Goes to the next value, if there is one. */
    boolean next() {
      if (++position >= layout.size) {
        return false;
      }
      if (++column == width) {
        column = 0;
        advance();
      }
      return true;
    }

    /** Goes to the first value of the next row, the values of the last dimension, if there is one. */
    boolean nextRow() {
      if (position < 0) {
        position = 0;
      } else {
        position += width;
        if (position < layout.size) {
          advance();
        }
      }
      column = 0;
      return position < layout.size;
    }

    /** The number of values of a row. */
    int width() {
      return width;
    }

    /** From the address of a value to that of the next in the same row. */
    long step() {
      return step;
    }

    /** The index of the value in row-major order. */
    int position() {
      return position;
    }

    /** The address of the value. */
    long address() {
      return row + column * step;
    }

    /** Increments the index of the row, the second-to-last dimension fastest. */
    private void advance() {
      for (int d = index.length - 1; d >= 0; d--) {
        row += layout.strides[d];
        if (++index[d] < layout.shape[d]) {
          return;
        }
        row -= index[d] * layout.strides[d];
        index[d] = 0;
      }
    }
  }
}
