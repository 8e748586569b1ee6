package dev.gradpoet.onnx.fold;

import dev.gradpoet.onnx.fold.Expr.Leaf;
import dev.gradpoet.onnx.fold.Expr.Source;
import dev.gradpoet.onnx.fold.Value.Indices;
import dev.gradpoet.onnx.fold.Value.Known;
import dev.gradpoet.onnx.fold.Value.Running;
import dev.gradpoet.onnx.fold.Value.Sizes;
import dev.gradpoet.onnx.net.Constant;
import dev.gradpoet.onnx.net.LayerKind;
import dev.gradpoet.onnx.net.NetLayer;
import dev.gradpoet.onnx.net.Places;
import dev.gradpoet.onnx.wire.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What moves and shapes values without computing with them. */
final class ShapeOperators {

  private static final String ROWS =
      "each row of a network is computed by itself: keep the first dimension in the model";

  private ShapeOperators() {}

  static void addTo(Map<String, Operator> all) {
    all.put("Identity", Operator.of(node -> {
      node.limitInputs(1);
      return node.input(0);
    }));
    all.put("Cast", Operator.of(ShapeOperators::cast));
    all.put("Reshape", Operator.of(ShapeOperators::reshape));
    all.put("Flatten", Operator.of(ShapeOperators::flatten));
    all.put("Squeeze", Operator.of(node -> axes(node, false)));
    all.put("Unsqueeze", Operator.of(node -> axes(node, true)));
    all.put("Transpose", Operator.of(ShapeOperators::transpose));
    all.put("Concat", Operator.of(ShapeOperators::concat));
    all.put("Pad", Operator.of(Pads::read));
    all.put("Expand", Operator.of(ShapeOperators::expand));
  }

  private static Value cast(Node node) {
    node.limitInputs(1);
    node.attributes().ignore("saturate", "round_mode");
    int to = (int) node.attributes().integer("to", 0);
    ElementType type = ElementType.of(to).orElse(null);
    Value value = node.input(0);
    boolean integers = type == ElementType.INT64 || type == ElementType.INT32;
    if (value instanceof Sizes && integers) {
      return value;
    }
    if (value instanceof Running running) {
      if (type == node.net().type()) {
        return value;
      }
      if (integers && running.expr() instanceof Source source && running.order() == null) {
        return new Indices(source.input(), running.dims());
      }
    }
    if (value instanceof Indices indices) {
      if (integers) {
        return value;
      }
      if (type == node.net().type()) {
        return new Running(new Source(indices.input()), indices.dims(), null);
      }
    }
    if (value instanceof Known known) {
      Constant constant = known.constant();
      if (type == ElementType.FLOAT || type == ElementType.DOUBLE) {
        double[] reals = constant.isReal()
            ? constant.reals()
            : LongStream.of(constant.integers()).asDoubleStream().toArray();
        return new Known(Constant.of(type, constant.dims(), reals));
      }
      boolean small = !constant.isReal()
          && LongStream.of(constant.integers()).allMatch(number -> number == (int) number);
      if (type == ElementType.INT64 && !constant.isReal() || type == ElementType.INT32 && small) {
        return new Known(Constant.of(constant.dims(), constant.integers()));
      }
    }
    throw new UnfitException(
        "it casts "
            + (value instanceof Known known
                ? known.constant()
                : value instanceof Indices
                    ? "class indices"
                    : "values of type " + node.net().type())
            + " to " + ElementType.name(to) + ", expected " + node.net().type(),
        "a network computes in one type: leave the cast out of the model");
  }

  private static Value reshape(Node node) {
    node.attributes().ignore("consumed_inputs");
    Sizes target;
    if (node.opset() < 5) {
      long[] numbers = node.attributes().integers("shape").orElse(List.of()).stream()
          .mapToLong(Long::longValue)
          .toArray();
      target = new Sizes(false, numbers, new boolean[numbers.length]);
    } else {
      node.limitInputs(2);
      target = node.sizes(1);
    }
    boolean zeros = node.attributes().flag("allowzero");
    if (node.input(0) instanceof Known known) {
      return new Known(known.constant().reshape(known(node, known.constant(), target, zeros)));
    }
    if (node.input(0) instanceof Sizes sizes) {
      if (target.isConstant() && sizes.numbers().length == 1 && target.numbers().length <= 1) {
        return new Sizes(target.numbers().length == 0, sizes.numbers(), sizes.rows());
      }
      if (target.isConstant() && target.numbers().length == 1) {
        return sizes;
      }
    }
    return node.shaped(0, Reshaping.rowDims(node, node.rowDims(0), target, zeros));
  }

  private static int[] known(Node node, Constant constant, Sizes target, boolean zeros) {
    if (!target.isConstant()) {
      throw new UnfitException("it reshapes a constant by the number of rows", ROWS);
    }
    int[] dims = new int[target.numbers().length];
    int free = -1;
    long product = 1;
    for (int d = 0; d < dims.length; d++) {
      long size = target.numbers()[d];
      if (size == 0 && !zeros && d < constant.dims().length) {
        size = constant.dims()[d];
      }
      if (size == -1 && free < 0) {
        free = d;
        size = 1;
      }
      if (size < 0 || size > Integer.MAX_VALUE || (product = product * size) > Integer.MAX_VALUE) {
        throw Reshaping.unfit(target);
      }
      dims[d] = (int) size;
    }
    if (free >= 0 && product > 0 && constant.size() % product == 0) {
      dims[free] = (int) (constant.size() / product);
      product *= dims[free];
    }
    if (product != constant.size()) {
      throw Reshaping.unfit(target);
    }
    return dims;
  }

  private static Value flatten(Node node) {
    node.limitInputs(1);
    if (node.input(0) instanceof Known known) {
      int[] dims = known.constant().dims();
      long axis = node.attributes().integer("axis", 1);
      int at = axis == dims.length ? dims.length : node.axis(axis, dims.length);
      int first = Places.count(Arrays.copyOf(dims, at));
      return new Known(
          known.constant().reshape(first, Places.count(Arrays.copyOfRange(dims, at, dims.length))));
    }
    int[] dims = node.rowDims(0);
    int rank = dims.length + 1;
    long axis = node.attributes().integer("axis", 1);
    int at = axis == rank ? rank : node.axis(axis, rank);
    if (at != 1 && Places.count(Arrays.copyOf(dims, Math.max(0, at - 1))) != 1 || at == 0) {
      throw new UnfitException("it flattens at axis " + at + ", expected 1", ROWS);
    }
    return node.shaped(0, Places.count(dims));
  }

  private static Value axes(Node node, boolean insert) {
    boolean given = node.opset() < 13 ? node.attributes().has("axes") : node.has(1);
    long[] axes = !given
        ? new long[0]
        : node.opset() < 13
            ? node.attributes().integers("axes").orElseThrow().stream()
                .mapToLong(Long::longValue)
                .toArray()
            : node.integers(1);
    Value value = node.input(0);
    if (value instanceof Sizes sizes) {
      boolean fits = sizes.numbers().length == 1
          && sizes.scalar() == insert
          && (axes.length == 1 && (axes[0] == 0 || axes[0] == -1) || !given && !insert);
      if (fits) {
        return new Sizes(!insert, sizes.numbers(), sizes.rows());
      }
      throw new UnfitException("it reshapes sizes", "export the model again");
    }
    int[] dims = value instanceof Known known
        ? known.constant().dims()
        : IntStream.concat(IntStream.of(1), Arrays.stream(node.rowDims(0))).toArray();
    boolean rows = !(value instanceof Known);
    int rank = insert ? dims.length + axes.length : dims.length;
    List<Integer> at =
        Arrays.stream(axes).mapToObj(axis -> node.axis(axis, rank)).sorted().toList();
    if (!insert && !given) {
      at = IntStream.range(rows ? 1 : 0, rank).filter(d -> dims[d] == 1).boxed().toList();
    }
    if (rows && at.contains(0) || at.stream().distinct().count() != at.size()) {
      throw new UnfitException(
          "its axes are " + Arrays.toString(axes) + ", expected axes other than 0", ROWS);
    }
    int[] left = insert ? inserted(dims, at, rank) : removed(dims, at);
    return value instanceof Known known
        ? new Known(known.constant().reshape(left))
        : node.shaped(0, Arrays.copyOfRange(left, 1, left.length));
  }

  private static int[] inserted(int[] dims, List<Integer> at, int rank) {
    int[] left = new int[rank];
    int next = 0;
    for (int d = 0; d < rank; d++) {
      left[d] = at.contains(d) ? 1 : dims[next++];
    }
    return left;
  }

  private static int[] removed(int[] dims, List<Integer> at) {
    at.forEach(d -> {
      if (dims[d] != 1) {
        throw new UnfitException(
            "it removes a dimension of " + dims[d] + ", expected 1", "export the model again");
      }
    });
    return IntStream.range(0, dims.length)
        .filter(d -> !at.contains(d))
        .map(d -> dims[d])
        .toArray();
  }

  private static Value transpose(Node node) {
    node.limitInputs(1);
    boolean known = node.input(0) instanceof Known;
    int rank = known ? node.constant(0).dims().length : node.running(0).dims().length + 1;
    int[] order = node.attributes()
        .integers("perm")
        .map(list -> list.stream().mapToInt(d -> (int) (long) d).toArray())
        .orElseGet(() -> IntStream.range(0, rank).map(d -> rank - 1 - d).toArray());
    if (!Arrays.equals(
        Arrays.stream(order).sorted().toArray(), IntStream.range(0, rank).toArray())) {
      throw new UnfitException(
          "its perm is " + Arrays.toString(order) + ", expected each of 0 to " + (rank - 1)
              + " once",
          "export the model again");
    }
    if (known) {
      return new Known(node.constant(0).transpose(order));
    }
    Running x = node.running(0);
    if (order[0] != 0) {
      throw new UnfitException("it moves the rows to another dimension", ROWS);
    }
    ConstantOperators.requireSmall(x.dims());
    int[] within = Arrays.stream(order).skip(1).map(d -> d - 1).toArray();
    int[] places = Places.transposed(x.dims(), within);
    if (x.order() != null) {
      places = Arrays.stream(places).map(i -> x.order()[i]).toArray();
    }
    return new Running(
        x.expr(), Places.picked(x.dims(), within), Places.isInOrder(places) ? null : places);
  }

  private static Value concat(Node node) {
    long axis = node.attributes().integer("axis", 1);
    if (node.inputs().size() == 1) {
      return node.input(0);
    }
    if (node.inputs().stream()
        .flatMap(Optional::stream)
        .noneMatch(value -> value instanceof Running || value instanceof Indices)) {
      return SizeOperators.concat(node, axis);
    }
    List<NetLayer> from = new ArrayList<>();
    int[] dims = node.running(0).dims();
    int at = node.axis(axis, dims.length + 1);
    int sum = 0;
    for (int i = 0; i < node.inputs().size(); i++) {
      Running x = node.running(i);
      boolean fits = x.dims().length == dims.length;
      for (int d = 1; fits && d < dims.length; d++) {
        fits = x.dims()[d] == dims[d];
      }
      if (at != 1 || !fits || dims.length == 0) {
        throw new UnfitException(
            "it joins rows of " + Arrays.toString(dims) + " and " + Arrays.toString(x.dims())
                + " along axis " + at + ", expected axis 1 and equal other dimensions",
            "@Concat joins along the first dimension of a row: use axis 1 in the model");
      }
      NetLayer layer = node.net().arranged(x);
      from.add(layer);
      sum += x.dims()[0];
    }
    int[] joined = dims.clone();
    joined[0] = sum;
    NetLayer layer = node.net().add(LayerKind.Merge.CONCAT, from, joined, "");
    return new Running(new Leaf(layer), joined, null);
  }

  private static Value expand(Node node) {
    node.limitInputs(2);
    Sizes target = node.sizes(1);
    Running x = node.running(0);
    int[] dims = x.dims();
    int ahead = dims.length + 1 - target.numbers().length;
    boolean same = ahead >= 0;
    for (int i = 0; same && i < target.numbers().length; i++) {
      int d = i + ahead;
      same = d == 0
          ? target.rows()[i] || target.numbers()[i] == 1
          : !target.rows()[i] && (target.numbers()[i] == dims[d - 1] || target.numbers()[i] == 1);
    }
    if (!same) {
      throw new UnfitException(
          "it repeats values, expected the shape that they have",
          "no layer repeats values: do it before the network");
    }
    return x;
  }
}
