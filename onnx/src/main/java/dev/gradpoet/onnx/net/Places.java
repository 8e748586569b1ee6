package dev.gradpoet.onnx.net;

import java.util.Arrays;

/** Where the values of a tensor are after its dimensions change, as indices in row-major order. */
public final class Places {

  private Places() {}

  /** The number of values of a shape. */
  public static int count(int[] dims) {
    return Arrays.stream(dims).reduce(1, Math::multiplyExact);
  }

  /** The sizes in another order. */
  public static int[] picked(int[] dims, int[] order) {
    return Arrays.stream(order).map(d -> dims[d]).toArray();
  }

  /** For each value of the transposed tensor, its place in the original. */
  public static int[] transposed(int[] dims, int[] order) {
    int[] strides = strides(dims);
    return strided(picked(dims, order), picked(strides, order), 0);
  }

  /** For each value of a shape, its place in memory with these strides. */
  public static int[] strided(int[] dims, int[] strides, int offset) {
    int[] places = new int[count(dims)];
    int[] index = new int[dims.length];
    int at = offset;
    for (int i = 0; i < places.length; i++) {
      places[i] = at;
      for (int d = dims.length - 1; d >= 0; d--) {
        index[d]++;
        at += strides[d];
        if (index[d] < dims[d]) {
          break;
        }
        at -= strides[d] * dims[d];
        index[d] = 0;
      }
    }
    return places;
  }

  /** The row-major strides of a shape. */
  public static int[] strides(int[] dims) {
    int[] strides = new int[dims.length];
    int stride = 1;
    for (int d = dims.length - 1; d >= 0; d--) {
      strides[d] = stride;
      stride *= dims[d];
    }
    return strides;
  }

  /** Whether each place is where it was: 0, 1, 2, ... */
  public static boolean isInOrder(int[] places) {
    for (int i = 0; i < places.length; i++) {
      if (places[i] != i) {
        return false;
      }
    }
    return true;
  }
}
