package dev.gradpoet.onnx.fold;

import dev.gradpoet.onnx.fold.Value.Sizes;
import dev.gradpoet.onnx.net.Places;
import java.util.Arrays;

/** Understands the target of a Reshape: its first size must stay the number of rows, for any number of rows. */
final class Reshaping {

  private Reshaping() {}

  /** The sizes of a row after a Reshape. */
  static int[] rowDims(Node node, int[] from, Sizes target, boolean zeros) {
    int count = Places.count(from);
    long[] numbers = target.numbers();
    if (numbers.length == 0) {
      throw unfit(target);
    }
    boolean fixed = node.rows().isPresent() && numbers[0] == node.rows().getAsLong();
    boolean copied = numbers[0] == 0 && !zeros;
    boolean freeRows = numbers[0] == -1 && !target.rows()[0];
    if (!target.rows()[0] && !fixed && !copied && !freeRows) {
      throw new UnfitException(
          "it reshapes to " + text(target) + ", which changes or fixes the number of rows",
          "each row of a network is computed by itself: reshape to -1 or 0 rows in the model");
    }
    int[] dims = new int[numbers.length - 1];
    int free = -1;
    long product = 1;
    for (int d = 0; d < dims.length; d++) {
      long size = numbers[d + 1];
      if (target.rows()[d + 1]) {
        throw unfit(target);
      }
      if (size == 0 && !zeros && d < from.length) {
        size = from[d];
      }
      if (size == -1 && free < 0 && !freeRows) {
        free = d;
        size = 1;
      }
      product *= size;
      if (size < 1 || product > count) {
        throw unfit(target);
      }
      dims[d] = (int) size;
    }
    if (free >= 0 && count % product == 0) {
      dims[free] = (int) (count / product);
      product *= dims[free];
    }
    if (product != count) {
      throw new UnfitException(
          "it reshapes rows of " + Arrays.toString(from) + " to " + text(target)
              + ", which changes the number of rows",
          "each row of a network is computed by itself: keep the first dimension in the model");
    }
    return dims;
  }

  static UnfitException unfit(Sizes target) {
    return new UnfitException(
        "it reshapes to " + text(target) + ", expected sizes whose product is that of its input",
        "export the model again");
  }

  private static String text(Sizes target) {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < target.numbers().length; i++) {
      text.append(i == 0 ? "" : ", ").append(target.rows()[i] ? "N" : target.numbers()[i]);
    }
    return text.append(']').toString();
  }
}
