package dev.gradpoet.onnx.fold;

import dev.gradpoet.onnx.fold.Value.Filled;
import dev.gradpoet.onnx.fold.Value.Running;
import dev.gradpoet.onnx.net.Constant;
import dev.gradpoet.onnx.net.NetLayer;
import dev.gradpoet.onnx.net.Places;
import java.util.Arrays;

/**
 * A constant that is added to or multiplied with the values of each row in the same way.
 *
 * @param constant with the sizes of a row of the value, or 1 where it repeats
 * @param dims the sizes of a row of the value
 */
record Aligned(Constant constant, int[] dims) {

  /**
   * An input of a node beside another one.
   *
   * @throws UnfitException if it differs between rows, or has more values than the other one
   */
  static Aligned of(Node node, int index, Running beside) {
    Constant constant =
        node.input(index) instanceof Filled filled ? filled.constant() : node.reals(index);
    if (node.opset() < 7) {
      constant = legacy(node, constant, beside.dims());
    }
    return of(constant, beside.dims(), node);
  }

  private static Aligned of(Constant constant, int[] dims, Node node) {
    int[] sizes = constant.dims();
    if (sizes.length == dims.length + 1) {
      constant = withoutRows(constant, node);
      sizes = constant.dims();
    }
    boolean fits = sizes.length <= dims.length;
    for (int d = 1; fits && d <= sizes.length; d++) {
      int size = sizes[sizes.length - d];
      fits = size == 1 || size == dims[dims.length - d];
    }
    if (!fits) {
      throw new UnfitException(
          "its constant is " + constant + " beside rows of " + Arrays.toString(dims)
              + ", expected sizes that are equal or 1",
          "give it the shape of a row in the model");
    }
    int[] padded = new int[dims.length];
    Arrays.fill(padded, 1);
    System.arraycopy(sizes, 0, padded, dims.length - sizes.length, sizes.length);
    return new Aligned(constant.reshape(padded), dims);
  }

  private static Constant withoutRows(Constant constant, Node node) {
    int[] sizes = constant.dims();
    int rows = sizes[0];
    int[] rest = Arrays.copyOfRange(sizes, 1, sizes.length);
    int count = Places.count(rest);
    boolean fixed = node.rows().isPresent() && node.rows().getAsLong() == rows;
    boolean equal = rows == 1 || fixed;
    for (int i = count; equal && i < constant.size(); i++) {
      equal = Double.compare(constant.real(i), constant.real(i - count)) == 0;
    }
    if (!equal || rows == 0) {
      throw new UnfitException(
          "its constant is " + constant
              + ", which differs between rows, expected the same for each",
          "each row of a network is computed by itself: make it a constant of one row");
    }
    int[] first = new int[count];
    Arrays.setAll(first, i -> i);
    return constant.pick(first, rest);
  }

  /** Before opset 7, a constant is repeated only if the node says so, and may begin at an axis. */
  private static Constant legacy(Node node, Constant constant, int[] dims) {
    boolean broadcast = node.attributes().flag("broadcast");
    boolean prelu = !node.attributes().has("broadcast") && constant.dims().length == 1;
    long axis = node.attributes().integer("axis", prelu && constant.size() > 1 ? 1 : -1);
    int[] sizes = constant.dims();
    if (axis < 0 || sizes.length == 0) {
      return constant;
    }
    int after = dims.length + 1 - (int) Math.min(axis, dims.length + 1) - sizes.length;
    if (after < 0 || !broadcast && !prelu) {
      throw new UnfitException(
          "its constant is " + constant + " at axis " + axis + " beside rows of "
              + Arrays.toString(dims),
          "export the model again with an opset of at least 7");
    }
    int[] extended = Arrays.copyOf(sizes, sizes.length + after);
    Arrays.fill(extended, sizes.length, extended.length, 1);
    return constant.reshape(extended);
  }

  /** One number for each value of a row in the model. */
  private double[] repeated() {
    int[] sizes = constant.dims();
    int[] strides = Places.strides(sizes);
    for (int d = 0; d < sizes.length; d++) {
      strides[d] = sizes[d] == 1 ? 0 : strides[d];
    }
    return constant.pick(Places.strided(dims, strides, 0), dims).reals();
  }

  /** One number for each value of the layer. */
  double[] ofLayer(int[] order) {
    double[] values = repeated();
    if (order == null) {
      return values;
    }
    double[] placed = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      placed[order[i]] = values[i];
    }
    return placed;
  }

  /** One number for each of {@code count} blocks of the layer, such as its channels. */
  double[] blocks(NetLayer layer, int[] order, int count) {
    double[] values = ofLayer(order);
    int length = values.length / count;
    double[] blocks = new double[count];
    for (int i = 0; i < values.length; i++) {
      if (i % length == 0) {
        blocks[i / length] = values[i];
      }
      require(Double.compare(values[i], blocks[i / length]) == 0, layer, "channel");
    }
    return blocks;
  }

  /** One number for each value of the last dimension of the layer. */
  double[] columns(NetLayer layer, int[] order, int count) {
    double[] values = ofLayer(order);
    for (int i = count; i < values.length; i++) {
      require(
          Double.compare(values[i], values[i - count]) == 0, layer, "value of the last dimension");
    }
    return Arrays.copyOf(values, count);
  }

  private void require(boolean repeats, NetLayer layer, String what) {
    if (!repeats) {
      throw new UnfitException(
          "its constant is " + constant + " beside a layer of shape "
              + Arrays.toString(layer.shape()) + ", expected one number for each " + what,
          "give it that shape in the model");
    }
  }
}
