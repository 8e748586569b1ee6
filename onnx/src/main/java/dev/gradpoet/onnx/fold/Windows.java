package dev.gradpoet.onnx.fold;

import dev.gradpoet.onnx.fold.Value.Padded;
import dev.gradpoet.onnx.net.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads how a window moves: strides, paddings and dilations, or an automatic padding. */
final class Windows {

  private Windows() {}

  /**
   * The window of a node.
   *
   * @param x what it reads, channels first; zeros around it are padding, too
   * @param pools whether it is a pooling, which may have a ceil mode
   */
  static Window of(Node node, List<Integer> kernel, Padded x, boolean pools) {
    int[] dims = x.dims();
    int spatial = kernel.size();
    List<Integer> stride = sizes(node, "strides", spatial, 1, 1);
    List<Integer> dilation = sizes(node, "dilations", spatial, 1, 1);
    List<Integer> pads = sizes(node, "pads", 2 * spatial, 0, 0);
    List<Integer> begin = new ArrayList<>(pads.subList(0, spatial));
    List<Integer> end = new ArrayList<>(pads.subList(spatial, 2 * spatial));
    String auto = node.attributes().text("auto_pad", "NOTSET");
    if (auto.startsWith("SAME")) {
      for (int d = 0; d < spatial; d++) {
        int size = dims[d + 1];
        long covered = (long) dilation.get(d) * (kernel.get(d) - 1) + 1;
        long outputs = (size + stride.get(d) - 1L) / stride.get(d);
        int total = (int) Math.max(0, (outputs - 1) * stride.get(d) + covered - size);
        int less = total / 2;
        begin.set(d, auto.equals("SAME_UPPER") ? less : total - less);
        end.set(d, auto.equals("SAME_UPPER") ? total - less : less);
      }
    }
    boolean known = List.of("NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER").contains(auto);
    boolean padded = pads.stream().anyMatch(value -> value != 0);
    if (!known || !auto.equals("NOTSET") && padded) {
      throw new UnfitException(
          "its auto_pad is \"" + auto + "\"" + (padded ? " and it has pads" : "")
              + ", expected NOTSET, VALID, SAME_UPPER or SAME_LOWER, or pads",
          "export the model again");
    }
    if (pools && node.attributes().flag("ceil_mode")) {
      for (int d = 0; d < spatial; d++) {
        end.set(
            d,
            end.get(d)
                + ceiling(dims[d + 1] + begin.get(d), end.get(d), kernel.get(d), stride.get(d)));
      }
    }
    for (int d = 0; d < spatial; d++) {
      begin.set(d, begin.get(d) + x.begin()[d + 1]);
      end.set(d, end.get(d) + x.end()[d + 1]);
    }
    Window window = new Window(kernel, stride, begin, end, dilation);
    for (int d = 0; d < spatial; d++) {
      requireFit(window, d, x.value().dims()[d + 1], pools);
    }
    return window;
  }

  /** How much more padding makes the last window whole, which rounds the number of windows up. */
  private static int ceiling(int size, int end, int kernel, int stride) {
    int left = size + end - kernel;
    int more = left < 0 ? 0 : Math.floorMod(-left, stride);
    if (more > 0 && (long) left + more >= size) {
      throw new UnfitException(
          "its ceil_mode adds a window that begins after the last value, expected none",
          "set ceil_mode to 0 in the model");
    }
    return more;
  }

  private static void requireFit(Window window, int d, int size, boolean pools) {
    int largest = Math.max(window.begin().get(d), window.end().get(d));
    int half = window.kernel().get(d) / 2;
    if (window.output(d, size) < 1) {
      throw new UnfitException(
          "its kernel covers " + window.covered(d) + " values, expected at most the "
              + (size + window.begin().get(d) + window.end().get(d)) + " of its padded input",
          "export the model again");
    }
    if (pools && largest > half) {
      throw new UnfitException(
          "it pads by " + largest + ", expected at most " + half + ", half of its kernel",
          "a pooling has no larger padding: change it in the model");
    }
  }

  /** The shape of the output of a window. */
  static int[] shape(Window window, int channels, int[] dims) {
    int[] shape = dims.clone();
    shape[0] = channels;
    for (int d = 1; d < dims.length; d++) {
      shape[d] = (int) window.output(d - 1, dims[d]);
    }
    return shape;
  }

  /** An attribute of sizes; one that is missing has the same number everywhere. */
  static List<Integer> sizes(Node node, String name, int count, int otherwise, int least) {
    Optional<List<Long>> values = node.attributes().integers(name);
    if (values.isEmpty()) {
      return Collections.nCopies(count, otherwise);
    }
    if (values.get().size() != count
        || values.get().stream().anyMatch(value -> value < least || value > 1 << 20)) {
      throw new UnfitException(
          "its " + name + " are " + values.get() + ", expected " + count + " numbers from " + least,
          "change them in the model");
    }
    return values.get().stream().map(Long::intValue).toList();
  }
}
