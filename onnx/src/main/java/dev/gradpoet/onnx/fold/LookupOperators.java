package dev.gradpoet.onnx.fold;

import dev.gradpoet.onnx.fold.Expr.Leaf;
import dev.gradpoet.onnx.fold.Value.Indices;
import dev.gradpoet.onnx.fold.Value.Known;
import dev.gradpoet.onnx.fold.Value.Running;
import dev.gradpoet.onnx.fold.Value.Sizes;
import dev.gradpoet.onnx.net.Constant;
import dev.gradpoet.onnx.net.LayerKind;
import dev.gradpoet.onnx.net.NetLayer;
import dev.gradpoet.onnx.net.Places;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Gather: an embedding, where class indices look up rows of a constant table, or a pick of known sizes. */
final class LookupOperators {

  private LookupOperators() {}

  static void addTo(Map<String, Operator> all) {
    all.put("Gather", Operator.of(LookupOperators::gather));
  }

  /** Requires that values are not picked of a row. */
  static void requireConstant(Node node) {
    if (node.input(0) instanceof Indices) {
      throw new UnfitException(
          "it picks some of the class indices of a row",
          "no layer picks values: give these an input of their own in the model");
    }
    if (node.input(0) instanceof Running) {
      throw new UnfitException(
          "it picks values of a row", "no layer picks values: do it before the network");
    }
  }

  /** Requires that values are picked of a vector of integers. */
  static void requireVector(Node node, boolean also) {
    boolean vector = !(node.input(0) instanceof Known known)
        || known.constant().dims().length == 1 && !known.constant().isReal();
    if (!vector || !also) {
      throw new UnfitException(
          "it picks values of a constant, expected a vector of integers",
          "replace it by its result in the model");
    }
  }

  private static Value gather(Node node) {
    node.limitInputs(2);
    requireConstant(node);
    if (node.input(1) instanceof Indices indices) {
      return embedding(node, indices);
    }
    if (node.input(1) instanceof Running) {
      throw new UnfitException(
          "it looks up rows of a table by numbers, expected an input of class indices",
          "read the indices from an input of type INT64 in the model");
    }
    return pick(node);
  }

  private static Value embedding(Node node, Indices indices) {
    Constant table = node.reals(0);
    int[] dims = table.dims();
    boolean rows = dims.length > 0
        && node.axis(node.attributes().integer("axis", 0), dims.length) == 0
        && table.size() > 0;
    if (!rows || table.type() != node.net().type()) {
      throw new UnfitException(
          "it looks up in a table that is " + table + " along axis "
              + node.attributes().integer("axis", 0) + ", expected rows of "
              + node.net().type()
              + " along axis 0",
          "an @Embedding has a row of numbers for each class: transpose the table in the model");
    }
    int classes = dims[0];
    int[] row = Arrays.copyOfRange(dims, 1, dims.length);
    int count = Places.count(indices.dims());
    node.net().inputs().lookUp(indices.input(), classes);
    NetLayer layer = node.net()
        .add(
            new LayerKind.Embedding(Places.count(row)),
            List.of(indices.input()),
            new int[] {count, Places.count(row)},
            Origins.of(node.names().get(0), node.name()));
    layer.parameters().put("weight", table.reshape(classes, Places.count(row)));
    return new Running(
        new Leaf(layer),
        IntStream.concat(Arrays.stream(indices.dims()), Arrays.stream(row)).toArray(),
        null);
  }

  private static Value pick(Node node) {
    long axis = node.attributes().integer("axis", 0);
    requireVector(node, axis == 0 || axis == -1);
    Sizes from = node.sizes(0);
    long[] index = node.integers(1);
    requireVector(node, node.constant(1).dims().length <= 1);
    long[] numbers = new long[index.length];
    boolean[] rows = new boolean[index.length];
    for (int i = 0; i < index.length; i++) {
      long at = index[i] < 0 ? index[i] + from.numbers().length : index[i];
      if (at < 0 || at >= from.numbers().length) {
        throw new UnfitException(
            "its index is " + index[i] + ", expected less than " + from.numbers().length,
            "export the model again");
      }
      numbers[i] = from.numbers()[(int) at];
      rows[i] = from.rows()[(int) at];
    }
    return new Sizes(node.constant(1).dims().length == 0, numbers, rows);
  }
}
