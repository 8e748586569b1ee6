package dev.gradpoet.onnx.fold;

import dev.gradpoet.onnx.fold.Value.Padded;
import dev.gradpoet.onnx.fold.Value.Running;
import java.util.Arrays;
import java.util.List;

/** Reads how many zeros a Pad puts around its input. */
final class Pads {

  private Pads() {}

  static Value read(Node node) {
    String mode = node.attributes().text("mode", "constant");
    double value =
        node.opset() < 11 ? node.attributes().real("value", 0) : node.has(2) ? node.number(2) : 0;
    if (!mode.equals("constant") || value != 0) {
      throw new UnfitException(
          "it pads by the mode \"" + mode + "\" with " + value + ", expected zeros",
          "a convolution pads with zeros: change it in the model");
    }
    long[] pads = node.opset() < 11
        ? node.attributes().integers("pads").orElse(List.of()).stream()
            .mapToLong(Long::longValue)
            .toArray()
        : node.integers(1);
    Running x = node.running(0);
    int rank = x.dims().length + 1;
    long[] axes = node.has(3) ? node.integers(3) : null;
    int count = axes == null ? rank : axes.length;
    if (pads.length != 2 * count) {
      throw new UnfitException(
          "its pads are " + Arrays.toString(pads) + ", expected " + 2 * count + " numbers",
          "export the model again");
    }
    int[] begin = new int[rank];
    int[] end = new int[rank];
    for (int i = 0; i < count; i++) {
      int d = axes == null ? i : node.axis(axes[i], rank);
      begin[d] = pad(pads, i);
      end[d] = pad(pads, count + i);
    }
    if (begin[0] != 0 || end[0] != 0) {
      throw new UnfitException(
          "it adds rows", "each row of a network is computed by itself: leave it out of the model");
    }
    boolean none = Arrays.stream(begin).allMatch(zeros -> zeros == 0)
        && Arrays.stream(end).allMatch(zeros -> zeros == 0);
    return none
        ? x
        : new Padded(x, Arrays.copyOfRange(begin, 1, rank), Arrays.copyOfRange(end, 1, rank));
  }

  private static int pad(long[] pads, int index) {
    if (pads[index] < 0 || pads[index] > 1 << 20) {
      throw new UnfitException(
          "its pads are " + Arrays.toString(pads) + ", expected numbers from 0",
          "no layer cuts: change it in the model");
    }
    return (int) pads[index];
  }

  /** Requires that the channels are not padded. */
  static void requireSpatial(Padded x) {
    if (x.begin()[0] != 0 || x.end()[0] != 0) {
      throw new UnfitException(
          "a Pad adds channels to its input", "no layer adds channels: change it in the model");
    }
  }
}
