package dev.gradpoet.onnx.fold;

import dev.gradpoet.Activation;
import dev.gradpoet.onnx.fold.Expr.Act;
import dev.gradpoet.onnx.fold.Expr.Clamp;
import dev.gradpoet.onnx.fold.Value.Known;
import dev.gradpoet.onnx.fold.Value.Running;
import dev.gradpoet.onnx.net.Constant;
import dev.gradpoet.onnx.net.LayerKind;
import dev.gradpoet.onnx.net.NetLayer;
import dev.gradpoet.onnx.net.Places;
import dev.gradpoet.onnx.wire.ElementType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Activations with attributes, and those of whole rows. */
final class ActivationOperators {

  private ActivationOperators() {}

  static void addTo(Map<String, Operator> all) {
    all.put(
        "LeakyRelu",
        Operator.of(node -> option(node, Activation.LEAKY_RELU, "negativeSlope", 0.01, 0.01)));
    all.put("Elu", Operator.of(node -> option(node, Activation.ELU, "alpha", 1, 1)));
    all.put("Celu", Operator.of(node -> option(node, Activation.CELU, "alpha", 1, 1)));
    all.put("Selu", Operator.of(node -> {
      fixed(node, "alpha", 1.67326319217681884765625, 1.67326319217681884765625);
      fixed(node, "gamma", 1.05070102214813232421875, 1.05070102214813232421875);
      return plain(node, Activation.SELU);
    }));
    all.put("HardSigmoid", Operator.of(node -> {
      fixed(node, "alpha", 0.2, 1 / 6.0);
      fixed(node, "beta", 0.5, 0.5);
      return plain(node, Activation.HARD_SIGMOID);
    }));
    all.put("Swish", Operator.of(node -> {
      fixed(node, "alpha", 1, 1);
      return plain(node, Activation.SILU);
    }));
    all.put("ThresholdedRelu", Operator.of(node -> {
      fixed(node, "alpha", 1, 0);
      return plain(node, Activation.RELU);
    }));
    all.put("Gelu", Operator.of(node -> {
      String approximate = node.attributes().text("approximate", "none");
      return switch (approximate) {
        case "none" -> plain(node, Activation.GELU);
        case "tanh" -> plain(node, Activation.GELU_TANH);
        default ->
          throw new UnfitException(
              "its attribute approximate is \"" + approximate + "\", expected none or tanh",
              "export the model again");
      };
    }));
    all.put("Clip", Operator.of(ActivationOperators::clip));
    all.put("Softmax", Operator.of(node -> softmax(node, Activation.SOFTMAX)));
    all.put("LogSoftmax", Operator.of(node -> softmax(node, Activation.LOG_SOFTMAX)));
    all.put("PRelu", Operator.of(ActivationOperators::prelu));
    all.put("Dropout", ActivationOperators::dropout);
  }

  private static Value plain(Node node, Activation activation) {
    return pointwise(node, new Act(activation, Map.of(), node.running(0).expr()));
  }

  private static Value pointwise(Node node, Expr expr) {
    node.attributes().ignore("consumed_inputs");
    return node.net().computed(expr, node.running(0));
  }

  private static Value option(
      Node node, Activation activation, String name, double onnx, double ours) {
    double value = Decimal.of(node.attributes().real("alpha", onnx));
    Map<String, Double> options = value == ours ? Map.of() : Map.of(name, value);
    if (activation == Activation.CELU && (value == 0 || !Double.isFinite(value))
        || !Double.isFinite(value)) {
      throw new UnfitException(
          "its alpha is " + value + ", expected a finite number", "change it in the model");
    }
    return pointwise(node, new Act(activation, options, node.running(0).expr()));
  }

  private static void fixed(Node node, String name, double otherwise, double expected) {
    double value = node.attributes().real(name, otherwise);
    if (Math.abs(value - expected) > 1e-6) {
      throw new UnfitException(
          "its " + name + " is " + Decimal.of(value) + ", expected " + Decimal.of(expected),
          "no activation of dev.gradpoet.Activation computes it: use one that does in the model");
    }
  }

  private static Value clip(Node node) {
    double low = Double.NEGATIVE_INFINITY;
    double high = Double.POSITIVE_INFINITY;
    if (node.opset() < 11) {
      low = Decimal.of(node.attributes().real("min", -Float.MAX_VALUE));
      high = Decimal.of(node.attributes().real("max", Float.MAX_VALUE));
    } else {
      low = node.has(1) ? node.net().decimal(node.number(1)) : low;
      high = node.has(2) ? node.net().decimal(node.number(2)) : high;
    }
    double largest = node.opset() < 11 || node.net().type() == ElementType.FLOAT
        ? Float.MAX_VALUE
        : Double.MAX_VALUE;
    low = low <= -largest ? Double.NEGATIVE_INFINITY : low;
    high = high >= largest ? Double.POSITIVE_INFINITY : high;
    if (!(low < high)) {
      throw new UnfitException(
          "it clips to " + low + " and " + high + ", expected a smaller minimum than maximum",
          "change it in the model");
    }
    Running x = node.running(0);
    return Double.isInfinite(low) && Double.isInfinite(high)
        ? x
        : pointwise(node, new Clamp(x.expr(), low, high));
  }

  /** Before opset 13, over the axis and all after it, as if they were one. */
  private static Value softmax(Node node, Activation activation) {
    node.limitInputs(1);
    Running x = node.running(0);
    int[] dims = x.dims();
    boolean joined = node.opset() < 13;
    int axis = node.axis(node.attributes().integer("axis", joined ? 1 : -1), dims.length + 1) - 1;
    if (axis < 0) {
      throw new UnfitException(
          "its axis is that of the rows, expected the last one",
          "each row of a network is computed by itself: use axis -1 in the model");
    }
    int before = Places.count(Arrays.copyOf(dims, axis));
    int after = Places.count(Arrays.copyOfRange(dims, axis + 1, dims.length));
    if (after != 1 && !(joined && before == 1)) {
      throw new UnfitException(
          "it works on axis " + (axis + 1) + " of " + (dims.length + 1) + ", expected the last",
          "Activation." + activation + " works on the last dimension: use axis -1 in the model");
    }
    NetLayer from = before == 1
        ? node.net().arranged(x, new int[] {x.size()})
        : node.net().arranged(x, Arrays.copyOf(dims, axis + 1));
    Running like = new Running(new Expr.Leaf(from), dims, null);
    return node.net().computed(new Act(activation, Map.of(), like.expr()), like);
  }

  private static Value prelu(Node node) {
    node.limitInputs(2);
    node.attributes().ignore("consumed_inputs");
    Running x = node.running(0);
    Aligned slope = Aligned.of(node, 1, x);
    NetLayer from = node.net().layer(x);
    boolean one = slope.constant().size() == 1;
    double[] slopes =
        one ? slope.constant().reals() : slope.blocks(from, node.net().order(x), from.shape()[0]);
    NetLayer layer = node.net()
        .add(new LayerKind.PRelu(!one), List.of(from), from.shape(), Origins.of("", node.name()));
    layer
        .parameters()
        .put("weight", Constant.of(slope.constant().type(), new int[] {slopes.length}, slopes));
    return new Running(new Expr.Leaf(layer), x.dims(), node.net().order(x));
  }

  private static List<Value> dropout(Node node) {
    node.requireOneOutput();
    if (node.opset() < 7 && !node.attributes().flag("is_test") || node.has(2) && !isFalse(node)) {
      throw new UnfitException(
          "it is in training mode, expected inference", "export the model after model.eval()");
    }
    node.attributes().ignore("seed");
    double p = node.opset() < 12
        ? node.attributes().real("ratio", 0.5)
        : node.has(1) ? node.number(1) : 0.5;
    if (!(p >= 0 && p <= 1)) {
      throw new UnfitException("its ratio is " + p + ", expected 0 to 1", "change it in the model");
    }
    if (node.input(0) instanceof Known known) {
      return List.of(known);
    }
    Running x = node.running(0);
    NetLayer from = node.net().layer(x);
    NetLayer layer = node.net()
        .add(
            new LayerKind.Dropout(node.net().decimal(p)),
            List.of(from),
            from.shape(),
            Origins.of("", node.name()));
    return List.of(new Running(new Expr.Leaf(layer), x.dims(), node.net().order(x)));
  }

  private static boolean isFalse(Node node) {
    return node.integers(2).length == 1 && node.integers(2)[0] == 0;
  }
}
