package dev.gradpoet.onnx.fold;

import dev.gradpoet.onnx.fold.Value.Padded;
import dev.gradpoet.onnx.fold.Value.Running;
import dev.gradpoet.onnx.net.LayerKind.Plain;
import dev.gradpoet.onnx.net.LayerKind.Pool;
import dev.gradpoet.onnx.net.LayerKind.Pool.Pooling;
import dev.gradpoet.onnx.net.NetLayer;
import dev.gradpoet.onnx.net.Window;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Poolings. */
final class WindowOperators {

  private WindowOperators() {}

  static void addTo(Map<String, Operator> all) {
    all.put("MaxPool", Operator.of(node -> {
      if (node.attributes().integer("storage_order", 0) != 0) {
        throw new UnfitException("its storage_order is not 0", "export the model again");
      }
      return pool(node, Pooling.MAX);
    }));
    all.put("AveragePool", Operator.of(node -> {
      boolean counted = node.attributes().flag("count_include_pad");
      if (counted && node.attributes().flag("ceil_mode")) {
        throw new UnfitException(
            "it has both ceil_mode and count_include_pad, expected one of them",
            "set ceil_mode to 0 in the model");
      }
      return pool(node, counted ? Pooling.AVERAGE : Pooling.AVERAGE_WITHOUT_PADDING);
    }));
    all.put("GlobalAveragePool", Operator.of(node -> {
      Running x = images(node);
      NetLayer from = node.net().arranged(x);
      int[] shape = new int[x.dims().length];
      Arrays.fill(shape, 1);
      shape[0] = x.dims()[0];
      return NetBuilder.output(node.net().add(Plain.GLOBAL_AVG_POOL, List.of(from), shape, ""));
    }));
    all.put("GlobalMaxPool", Operator.of(node -> {
      Running x = images(node);
      List<Integer> kernel = Arrays.stream(x.dims()).skip(1).boxed().toList();
      List<Integer> none = Collections.nCopies(kernel.size(), 0);
      return pool(
          node,
          x,
          Pooling.MAX,
          new Window(kernel, kernel, none, none, Collections.nCopies(kernel.size(), 1)));
    }));
  }

  private static Running images(Node node) {
    node.limitInputs(1);
    Running x = node.running(0);
    requireImages(x.dims());
    return x;
  }

  private static void requireImages(int[] dims) {
    if (dims.length < 2 || dims.length > 3) {
      throw new UnfitException(
          "it pools rows of " + Arrays.toString(dims) + ", expected [C, L] or [C, H, W]",
          "only poolings of one or two dimensions exist");
    }
  }

  private static Value pool(Node node, Pooling pooling) {
    node.limitInputs(1);
    Padded x = pooling == Pooling.MAX ? Padded.none(node.running(0)) : node.padded(0);
    requireImages(x.dims());
    Pads.requireSpatial(x);
    List<Integer> kernel = Windows.sizes(node, "kernel_shape", x.dims().length - 1, 0, 1);
    if (kernel.contains(0)) {
      throw new UnfitException("it has no kernel_shape", "export the model again");
    }
    Window own = Windows.of(node, kernel, Padded.none(x.value().shaped(x.dims())), true);
    Window window = Windows.of(node, kernel, x, true);
    if (window.dilation().stream().anyMatch(value -> value != 1)) {
      throw new UnfitException(
          "its dilations are " + window.dilation() + ", expected 1",
          "a pooling has no dilation: change it in the model");
    }
    boolean zeros = !window.equals(own);
    if (zeros && pooling == Pooling.AVERAGE_WITHOUT_PADDING && !own.isUnpadded()) {
      throw new UnfitException(
          "it has pads of its own beside those of a Pad, of which only the latter count",
          "pad in one place in the model");
    }
    return pool(node, x.value(), zeros ? Pooling.AVERAGE : pooling, window);
  }

  private static Value pool(Node node, Running x, Pooling pooling, Window window) {
    NetLayer from = node.net().arranged(x);
    return NetBuilder.output(node.net()
        .add(
            new Pool(pooling, window),
            List.of(from),
            Windows.shape(window, x.dims()[0], x.dims()),
            ""));
  }
}
