package dev.gradpoet.onnx.fold;

import dev.gradpoet.onnx.fold.Expr.Affine;
import dev.gradpoet.onnx.fold.Expr.Clamp;
import dev.gradpoet.onnx.fold.Expr.Leaf;
import dev.gradpoet.onnx.fold.Expr.Num;
import dev.gradpoet.onnx.fold.Expr.PerValue;
import dev.gradpoet.onnx.fold.Expr.Power;
import dev.gradpoet.onnx.fold.Expr.Product;
import dev.gradpoet.onnx.fold.Expr.Quotient;
import dev.gradpoet.onnx.fold.Expr.Sum;
import dev.gradpoet.onnx.fold.Value.Filled;
import dev.gradpoet.onnx.fold.Value.Known;
import dev.gradpoet.onnx.fold.Value.Running;
import dev.gradpoet.onnx.net.Constant;
import dev.gradpoet.onnx.net.LayerKind;
import dev.gradpoet.onnx.net.NetLayer;
import dev.gradpoet.onnx.wire.ElementType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/** Sums, products and quotients of values and constants: biases, factors, merges, and parts of activations. */
final class ArithmeticOperators {

  private static final String NO_CONSTANT =
      "add it as the bias of a linear layer or a convolution in the model, or leave it to the caller";

  private ArithmeticOperators() {}

  static void addTo(Map<String, Operator> all) {
    put(all, "Add", ArithmeticOperators::add);
    put(all, "Sub", ArithmeticOperators::subtract);
    put(all, "Mul", ArithmeticOperators::multiply);
    put(all, "Div", ArithmeticOperators::divide);
    put(all, "Pow", ArithmeticOperators::power);
    put(all, "Sum", node -> all(node, Sum::new));
    put(all, "Max", node -> limit(node, true));
    put(all, "Min", node -> limit(node, false));
    put(all, "Neg", node -> scaled(node, -1));
    put(all, "Reciprocal", node -> {
      Running x = node.running(0);
      return node.net().computed(new Quotient(new Num(1), x.expr()), x);
    });
  }

  private static void put(Map<String, Operator> all, String name, Operator.Single operator) {
    all.put(name, ConstantOperators.orElse(name, Operator.of(node -> {
      node.attributes().ignore("consumed_inputs", "broadcast", "axis");
      return operator.apply(node);
    })));
  }

  /** A node of which one input is a constant. */
  private static boolean isConstant(Node node, int index) {
    return node.input(index) instanceof Known || node.input(index) instanceof Filled;
  }

  private static Value add(Node node) {
    node.limitInputs(2);
    if (isConstant(node, 0)) {
      return plus(node, node.running(1), Aligned.of(node, 0, node.running(1)));
    }
    return isConstant(node, 1)
        ? plus(node, node.running(0), Aligned.of(node, 1, node.running(0)))
        : joined(node, Sum::new);
  }

  private static Value subtract(Node node) {
    node.limitInputs(2);
    if (isConstant(node, 0)) {
      Running x = node.running(1);
      Aligned c = Aligned.of(node, 0, x);
      return plus(node, node.net().computed(Expr.scaled(-1, x.expr()), x), c);
    }
    if (isConstant(node, 1)) {
      Running x = node.running(0);
      Aligned c = Aligned.of(node, 1, x);
      return plus(node, x, new Aligned(c.constant().map(value -> -value), c.dims()));
    }
    return joined(node, (a, b) -> new Sum(a, Expr.scaled(-1, b)));
  }

  private static Value multiply(Node node) {
    node.limitInputs(2);
    if (isConstant(node, 0)) {
      return times(node, node.running(1), Aligned.of(node, 0, node.running(1)));
    }
    return isConstant(node, 1)
        ? times(node, node.running(0), Aligned.of(node, 1, node.running(0)))
        : joined(node, Product::new);
  }

  private static Value divide(Node node) {
    node.limitInputs(2);
    if (isConstant(node, 0)) {
      Running x = node.running(1);
      Constant c = Aligned.of(node, 0, x).constant();
      requireUniform(c);
      return node.net().computed(new Quotient(new Num(c.real(0)), x.expr()), x);
    }
    if (isConstant(node, 1)) {
      Running x = node.running(0);
      Aligned c = Aligned.of(node, 1, x);
      // a reciprocal in double is exact enough, and 1 / 3 in float is not
      double[] inverse =
          Arrays.stream(c.constant().reals()).map(value -> 1 / value).toArray();
      return times(
          node,
          x,
          new Aligned(Constant.of(ElementType.DOUBLE, c.constant().dims(), inverse), c.dims()));
    }
    Value quotient = joined(node, Quotient::new);
    return quotient instanceof Running running
        ? NormOperators.normalized(node, running).map(Value.class::cast).orElse(running)
        : quotient;
  }

  private static Value power(Node node) {
    node.limitInputs(2);
    Running x = node.running(0);
    double exponent = node.constant(1).isReal()
        ? node.number(1)
        : node.integers(1).length == 1 ? node.integers(1)[0] : Double.NaN;
    return exponent == 1 ? x : node.net().computed(new Power(x.expr(), exponent), x);
  }

  private static Value scaled(Node node, double factor) {
    node.limitInputs(1);
    Running x = node.running(0);
    return node.net().computed(Expr.scaled(factor, x.expr()), x);
  }

  private static Value all(Node node, BinaryOperator<Expr> operator) {
    Value sum = node.running(0);
    for (int i = 1; i < node.inputs().size(); i++) {
      sum = joined(node, (Running) sum, node.running(i), operator);
    }
    return sum;
  }

  private static Value limit(Node node, boolean max) {
    node.limitInputs(2);
    int constant = isConstant(node, 0) ? 0 : 1;
    Running x = node.running(1 - constant);
    Constant c = Aligned.of(node, constant, x).constant();
    requireUniform(c);
    double limit = node.net().decimal(c.real(0));
    return node.net()
        .computed(
            max
                ? new Clamp(x.expr(), limit, Double.POSITIVE_INFINITY)
                : new Clamp(x.expr(), Double.NEGATIVE_INFINITY, limit),
            x);
  }

  private static void requireUniform(Constant constant) {
    if (!constant.isUniform()) {
      throw new UnfitException(
          "its constant is " + constant + ", expected one number", NO_CONSTANT);
    }
  }

  private static Value plus(Node node, Running x, Aligned c) {
    if (isBias(x, c)) {
      Optional<NetLayer> layer =
          Folding.plus(node.net(), node.net().layer(x), c, node.net().order(x));
      if (layer.isPresent()) {
        return new Running(new Leaf(layer.get()), x.dims(), node.net().order(x));
      }
    }
    if (c.constant().isAll(0)) {
      return x;
    }
    if (c.constant().isUniform()) {
      return node.net().computed(Expr.plus(x.expr(), c.constant().real(0)), x);
    }
    if (InputNorms.isInput(x.expr())) {
      double[] values = c.ofLayer(x.order());
      double[] ones = new double[values.length];
      Arrays.fill(ones, 1);
      return node.net().computed(new Affine(x.expr(), new PerValue(ones, values)), x);
    }
    throw new UnfitException(
        "it adds " + c.constant()
            + " to a value that is not the output of a linear layer, convolution or layer norm",
        NO_CONSTANT);
  }

  /** Whether a constant is a parameter rather than a number of a formula: it has several values, or a layer without a bias has one output. */
  private static boolean isBias(Running x, Aligned c) {
    return x.expr() instanceof Leaf leaf
        && !leaf.layer().isInput()
        && (c.constant().size() > 1
            || leaf.layer().kind() instanceof LayerKind.Linear linear
                && !linear.bias()
                && linear.out() == 1);
  }

  private static Value times(Node node, Running x, Aligned c) {
    if (c.constant().isAll(1)) {
      return x;
    }
    if (isBias(x, c)) {
      Optional<NetLayer> layer =
          Folding.times(node.net(), node.net().layer(x), c, node.net().order(x));
      if (layer.isPresent()) {
        return new Running(new Leaf(layer.get()), x.dims(), node.net().order(x));
      }
    }
    if (c.constant().isUniform()) {
      return node.net().computed(Expr.scaled(c.constant().real(0), x.expr()), x);
    }
    if (InputNorms.isInput(x.expr())) {
      double[] values = c.ofLayer(x.order());
      return node.net()
          .computed(new Affine(x.expr(), new PerValue(values, new double[values.length])), x);
    }
    throw new UnfitException(
        "it multiplies by " + c.constant()
            + " a value that is not the output of a linear layer, convolution or layer norm",
        NO_CONSTANT);
  }

  private static Value joined(Node node, BinaryOperator<Expr> operator) {
    return joined(node, node.running(0), node.running(1), operator);
  }

  private static Value joined(Node node, Running a, Running b, BinaryOperator<Expr> operator) {
    if (mixesInputs(a, b)) {
      return joined(node, node.net().settled(a), node.net().settled(b), operator);
    }
    if (isMean(a, b) || isMean(b, a)) {
      return node.net().computed(operator.apply(a.expr(), b.expr()), isMean(a, b) ? b : a);
    }
    if (!Arrays.equals(a.dims(), b.dims())) {
      throw new UnfitException(
          "it joins rows of " + Arrays.toString(a.dims()) + " and " + Arrays.toString(b.dims())
              + ", expected equal ones",
          "no layer repeats values: give both the same shape in the model");
    }
    if (!isAlike(node, a, b)) {
      NetLayer first = node.net().arranged(a);
      NetLayer second = node.net().arranged(b);
      Running like = new Running(new Leaf(first), a.dims(), null);
      return node.net().computed(operator.apply(new Leaf(first), new Leaf(second)), like);
    }
    return node.net().computed(operator.apply(a.expr(), b.expr()), a);
  }

  /** Whether one of them reads an input whose order can differ from that of something else that they read. */
  private static boolean mixesInputs(Running a, Running b) {
    return Stream.of(a, b).anyMatch(value -> value.expr().inputs().findAny().isPresent())
        && Stream.of(a, b).flatMap(value -> value.expr().layers()).distinct().count() > 1;
  }

  /** Whether it is computed of means that repeat along dimensions of the other. */
  private static boolean isMean(Running mean, Running whole) {
    int[] small = mean.dims();
    int[] large = whole.dims();
    boolean repeats = mean.expr().hasMean() && small.length == large.length;
    for (int d = 0; repeats && d < small.length; d++) {
      repeats = small[d] == 1 || small[d] == large[d];
    }
    return repeats && !Arrays.equals(small, large);
  }

  /** Whether both are in the same order in layers of the same shape. */
  private static boolean isAlike(Node node, Running a, Running b) {
    List<int[]> shapes =
        Stream.concat(a.expr().layers(), b.expr().layers()).map(NetLayer::shape).toList();
    return Arrays.equals(node.net().order(a), node.net().order(b))
        && shapes.stream().allMatch(shape -> Arrays.equals(shape, shapes.get(0)));
  }
}
