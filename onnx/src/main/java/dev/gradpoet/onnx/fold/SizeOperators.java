package dev.gradpoet.onnx.fold;

import dev.gradpoet.onnx.fold.Value.Filled;
import dev.gradpoet.onnx.fold.Value.Known;
import dev.gradpoet.onnx.fold.Value.Sizes;
import dev.gradpoet.onnx.net.Constant;
import dev.gradpoet.onnx.wire.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Computes sizes and other integers, of which the number of rows is free; {@link LookupOperators} picks one of them. */
final class SizeOperators {

  private SizeOperators() {}

  static void addTo(Map<String, Operator> all) {
    all.put("Shape", Operator.of(SizeOperators::shape));
    all.put("Slice", Operator.of(SizeOperators::slice));
    all.put("ConstantOfShape", Operator.of(SizeOperators::filled));
  }

  private static Value shape(Node node) {
    node.limitInputs(1);
    Value value = node.input(0);
    long[] sizes;
    boolean[] rows;
    if (value instanceof Known known) {
      sizes = Arrays.stream(known.constant().dims()).asLongStream().toArray();
      rows = new boolean[sizes.length];
    } else {
      int[] dims = node.rowDims(0);
      sizes = LongStream.concat(LongStream.of(-1), Arrays.stream(dims).asLongStream())
          .toArray();
      rows = new boolean[sizes.length];
      rows[0] = true;
    }
    int rank = sizes.length;
    long start = node.attributes().integer("start", 0);
    long end = node.attributes().integer("end", rank);
    int first = (int) Math.max(0, Math.min(rank, start < 0 ? start + rank : start));
    int last = (int) Math.max(first, Math.min(rank, end < 0 ? end + rank : end));
    return new Sizes(
        false, Arrays.copyOfRange(sizes, first, last), Arrays.copyOfRange(rows, first, last));
  }

  private static Value slice(Node node) {
    LookupOperators.requireConstant(node);
    if (node.opset() < 10) {
      throw new UnfitException(
          "it is a Slice of opset " + node.opset() + ", expected at least 10",
          "export the model again");
    }
    LookupOperators.requireVector(node, true);
    Sizes from = node.sizes(0);
    long[] begin = node.integers(1);
    long[] end = node.integers(2);
    long[] axes = node.has(3) ? node.integers(3) : new long[1];
    long[] steps = node.has(4) ? node.integers(4) : new long[] {1};
    LookupOperators.requireVector(
        node,
        begin.length == 1
            && end.length == 1
            && axes.length == 1
            && (axes[0] == 0 || axes[0] == -1)
            && steps.length == 1
            && steps[0] == 1);
    int length = from.numbers().length;
    int first = (int) Math.max(0, Math.min(length, begin[0] < 0 ? begin[0] + length : begin[0]));
    int last = (int) Math.max(first, Math.min(length, end[0] < 0 ? end[0] + length : end[0]));
    return new Sizes(
        false,
        Arrays.copyOfRange(from.numbers(), first, last),
        Arrays.copyOfRange(from.rows(), first, last));
  }

  static Value concat(Node node, long axis) {
    List<Sizes> parts = new ArrayList<>();
    for (int i = 0; i < node.inputs().size(); i++) {
      Sizes part = node.sizes(i);
      boolean vector = node.input(i) instanceof Known known
          ? known.constant().dims().length == 1
          : !part.scalar();
      if (!vector || axis != 0 && axis != -1) {
        throw new UnfitException(
            "it joins constants of several dimensions", "replace it by its result in the model");
      }
      parts.add(part);
    }
    int count = parts.stream().mapToInt(part -> part.numbers().length).sum();
    long[] numbers = new long[count];
    boolean[] rows = new boolean[count];
    int to = 0;
    for (Sizes part : parts) {
      for (int i = 0; i < part.numbers().length; i++) {
        numbers[to] = part.numbers()[i];
        rows[to++] = part.rows()[i];
      }
    }
    return new Sizes(false, numbers, rows);
  }

  private static Value filled(Node node) {
    Sizes sizes = node.sizes(0);
    Constant value = node.attributes().has("value")
        ? ConstantOperators.of(node.attributes().tensor("value").orElseThrow())
        : Constant.of(ElementType.FLOAT, new int[] {1}, new double[1]);
    boolean rows = sizes.numbers().length > 0 && sizes.rows()[0];
    if (rows) {
      sizes = new Sizes(
          false,
          Arrays.copyOfRange(sizes.numbers(), 1, sizes.numbers().length),
          Arrays.copyOfRange(sizes.rows(), 1, sizes.rows().length));
    }
    if (!sizes.isConstant() || value.size() != 1 || rows && !value.isReal()) {
      throw new UnfitException(
          "it makes a constant whose size depends on the number of rows",
          "use a constant without the dimension of the rows in the model");
    }
    boolean valid = sizes.numbers().length <= 32;
    for (long size : sizes.numbers()) {
      valid &= size >= 0 && size <= ConstantOperators.LARGEST;
    }
    if (!valid) {
      throw new UnfitException(
          "its shape is " + Arrays.toString(sizes.numbers()) + ", expected sizes from 0",
          "export the model again");
    }
    int[] dims = Arrays.stream(sizes.numbers()).mapToInt(size -> (int) size).toArray();
    Constant filled = ConstantOperators.repeat(value.reshape(), dims);
    return rows ? new Filled(filled) : new Known(filled);
  }
}
