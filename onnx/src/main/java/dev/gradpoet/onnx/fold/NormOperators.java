package dev.gradpoet.onnx.fold;

import dev.gradpoet.onnx.fold.Expr.Function;
import dev.gradpoet.onnx.fold.Expr.Mean;
import dev.gradpoet.onnx.fold.Expr.Num;
import dev.gradpoet.onnx.fold.Expr.Power;
import dev.gradpoet.onnx.fold.Expr.Product;
import dev.gradpoet.onnx.fold.Expr.Quotient;
import dev.gradpoet.onnx.fold.Expr.Sum;
import dev.gradpoet.onnx.fold.Value.Running;
import dev.gradpoet.onnx.net.Constant;
import dev.gradpoet.onnx.net.LayerKind.BatchNorm;
import dev.gradpoet.onnx.net.LayerKind.LayerNorm;
import dev.gradpoet.onnx.net.NetLayer;
import dev.gradpoet.onnx.net.Places;
import dev.gradpoet.onnx.wire.ElementType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Normalizations, and the means that they are spelled with. */
final class NormOperators {

  private NormOperators() {}

  static void addTo(Map<String, Operator> all) {
    all.put("BatchNormalization", Operator.of(NormOperators::batchNorm));
    all.put("LayerNormalization", Operator.of(NormOperators::layerNorm));
    all.put("ReduceMean", Operator.of(NormOperators::mean));
  }

  private static Value batchNorm(Node node) {
    node.limitInputs(5);
    Running x = node.running(0);
    int[] dims = x.dims();
    boolean training = node.opset() < 7
        ? !node.attributes().flag("is_test")
        : node.attributes().flag("training_mode");
    if (training) {
      throw new UnfitException(
          "it is in training mode, expected inference", "export the model after model.eval()");
    }
    node.attributes().ignore("consumed_inputs");
    if (node.opset() < 9 && node.attributes().integer("spatial", 1) == 0 && dims.length > 1) {
      throw new UnfitException(
          "it normalizes each value by itself (spatial = 0), expected each channel",
          "export the model again");
    }
    if (dims.length == 0 || dims.length > 3) {
      throw new UnfitException(
          "it normalizes rows of " + Arrays.toString(dims) + ", expected 1 to 3 dimensions",
          "@BatchNorm works on vectors, signals and images");
    }
    NetLayer from = node.net().arranged(x);
    double eps = Decimal.of(node.attributes().real("epsilon", 1e-5));
    double momentum = Decimal.of(1 - Decimal.of(node.attributes().real("momentum", 0.9)));
    NetLayer layer = node.net()
        .add(
            new BatchNorm(eps, momentum),
            List.of(from),
            from.shape(),
            Origins.of(node.names().get(1), node.name()));
    String[] names = {"weight", "bias", "running_mean", "running_var"};
    for (int i = 0; i < names.length; i++) {
      Constant parameter = node.reals(i + 1);
      if (parameter.size() != dims[0]) {
        throw new UnfitException(
            "its input " + (i + 1) + " is " + parameter + ", expected " + dims[0] + " values",
            "export the model again");
      }
      layer.parameters().put(names[i], parameter.reshape(dims[0]));
    }
    return NetBuilder.output(layer);
  }

  private static Value layerNorm(Node node) {
    node.limitInputs(3);
    Running x = node.running(0);
    int[] dims = x.dims();
    int axis = node.axis(node.attributes().integer("axis", -1), dims.length + 1) - 1;
    node.attributes().ignore("stash_type");
    if (axis < 0) {
      throw new UnfitException(
          "it normalizes over the rows, expected the last dimensions of each row",
          "each row of a network is computed by itself: use axis -1 in the model");
    }
    NetLayer from = node.net().arranged(x);
    double eps = Decimal.of(node.attributes().real("epsilon", 1e-5));
    int[] normalized = Arrays.copyOfRange(dims, axis, dims.length);
    int count = Places.count(normalized);
    NetLayer layer = node.net()
        .add(
            new LayerNorm(normalized.length, eps, true),
            List.of(from),
            dims,
            Origins.of(node.names().get(1), node.name()));
    Aligned scale = Aligned.of(node, 1, x);
    ElementType type = scale.constant().type();
    layer
        .parameters()
        .put("weight", Constant.of(type, normalized, scale.columns(layer, null, count)));
    double[] bias =
        node.has(2) ? Aligned.of(node, 2, x).columns(layer, null, count) : new double[count];
    layer.parameters().put("bias", Constant.of(type, normalized, bias));
    return NetBuilder.output(layer);
  }

  private static Value mean(Node node) {
    Running x = node.running(0);
    int[] dims = x.dims();
    long[] axes = node.opset() < 18
        ? node.attributes()
            .integers("axes")
            .map(list -> list.stream().mapToLong(Long::longValue).toArray())
            .orElse(new long[0])
        : node.has(1) ? node.integers(1) : new long[0];
    boolean keep = node.attributes().integer("keepdims", 1) != 0;
    if (axes.length == 0 && node.opset() >= 18 && node.attributes().flag("noop_with_empty_axes")) {
      return x;
    }
    node.attributes().ignore("noop_with_empty_axes");
    List<Integer> reduced = Arrays.stream(axes)
        .mapToObj(axis -> node.axis(axis, dims.length + 1) - 1)
        .sorted()
        .distinct()
        .toList();
    if (reduced.isEmpty() || reduced.get(0) < 0) {
      throw new UnfitException(
          "it takes means over the rows, expected dimensions of each row",
          "each row of a network is computed by itself: give it axes without 0 in the model");
    }
    int[] order = x.order() == null ? new int[0] : x.order();
    Mean mean = new Mean(
        x.expr(),
        Arrays.stream(dims).boxed().toList(),
        reduced,
        Arrays.stream(order).boxed().toList());
    int[] left = keep
        ? IntStream.range(0, dims.length)
            .map(d -> reduced.contains(d) ? 1 : dims[d])
            .toArray()
        : IntStream.range(0, dims.length)
            .filter(d -> !reduced.contains(d))
            .map(d -> dims[d])
            .toArray();
    return node.net().computed(mean, new Running(mean, left, null));
  }

  /**
   * The layer norm that a quotient spells: {@code (x - mean(x)) / sqrt(mean((x - mean(x))^2) + eps)}; empty if it spells none.
   */
  static Optional<Running> normalized(Node node, Running quotient) {
    if (!(quotient.expr() instanceof Quotient q)
        || !(q.a() instanceof Sum centred)
        || !(centred.b() instanceof Product negative)
        || !negative.a().equals(new Num(-1))
        || !(negative.b() instanceof Mean mean)
        || !mean.of().equals(centred.a())
        || !(q.b() instanceof Function root)
        || root.name() != Function.Name.SQRT) {
      return Optional.empty();
    }
    double eps = root.of() instanceof Sum sum && sum.b() instanceof Num num ? num.value() : 0;
    Expr variance = root.of() instanceof Sum sum ? sum.a() : root.of();
    if (!(variance instanceof Mean square)
        || !square.of().equals(new Power(centred, 2))
            && !square.of().equals(new Product(centred, centred))
        || !square.axes().equals(mean.axes())
        || !square.dims().equals(mean.dims())
        || !square.order().equals(mean.order())) {
      return Optional.empty();
    }
    int[] dims = mean.dims().stream().mapToInt(Integer::intValue).toArray();
    int first = dims.length - mean.axes().size();
    if (mean.axes().get(0) != first || !mean.order().isEmpty()) {
      return Optional.empty();
    }
    NetLayer from = node.net().arranged(new Running(mean.of(), dims, null));
    NetLayer layer = node.net()
        .add(
            new LayerNorm(mean.axes().size(), node.net().decimal(eps), false),
            List.of(from),
            dims,
            "");
    return Optional.of(NetBuilder.output(layer));
  }
}
