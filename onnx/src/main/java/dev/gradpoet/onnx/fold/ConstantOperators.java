package dev.gradpoet.onnx.fold;

import dev.gradpoet.onnx.fold.Value.Known;
import dev.gradpoet.onnx.net.Constant;
import dev.gradpoet.onnx.net.Places;
import dev.gradpoet.onnx.wire.AttributeProto;
import dev.gradpoet.onnx.wire.ElementType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;

/** Computes what depends on constants alone. */
final class ConstantOperators {

  /** The most values of a constant that a model may compute. */
  static final int LARGEST = 1 << 26;

  private static final Map<String, DoubleUnaryOperator> UNARY =
      Map.of("Neg", x -> -x, "Sqrt", Math::sqrt, "Abs", Math::abs, "Reciprocal", x -> 1 / x);

  private static final Map<String, DoubleBinaryOperator> BINARY = Map.of(
      "Add", (a, b) -> a + b,
      "Sub", (a, b) -> a - b,
      "Mul", (a, b) -> a * b,
      "Div", (a, b) -> a / b);

  private static final Map<String, LongBinaryOperator> INTEGER = Map.of(
      "Add", Math::addExact,
      "Sub", Math::subtractExact,
      "Mul", Math::multiplyExact);

  private ConstantOperators() {}

  static void addTo(Map<String, Operator> all) {
    all.put("Constant", Operator.of(node -> new Known(constant(node))));
  }

  private static Constant constant(Node node) {
    Attributes attributes = node.attributes();
    if (attributes.has("value")) {
      return of(attributes.tensor("value").orElseThrow());
    }
    if (attributes.has("value_float")) {
      return Constant.of(
          ElementType.FLOAT, new int[0], new double[] {attributes.real("value_float", 0)});
    }
    if (attributes.has("value_int")) {
      return Constant.of(new int[0], new long[] {attributes.integer("value_int", 0)});
    }
    if (attributes.has("value_ints")) {
      long[] values = attributes.integers("value_ints").orElseThrow().stream()
          .mapToLong(Long::longValue)
          .toArray();
      return Constant.of(new int[] {values.length}, values);
    }
    if (attributes.has("value_floats")) {
      double[] values = attributes.reals("value_floats").orElseThrow().reals().stream()
          .mapToDouble(Float::doubleValue)
          .toArray();
      return Constant.of(ElementType.FLOAT, new int[] {values.length}, values);
    }
    throw new UnfitException(
        "it has no value of numbers, expected one", "make it a dense tensor in the model");
  }

  /** The tensor of an attribute. */
  static Constant of(AttributeProto attribute) {
    try {
      return Constant.of(attribute.tensor().orElseThrow());
    } catch (IllegalArgumentException e) {
      throw new UnfitException(
          "it is " + e.getMessage() + ", expected FLOAT, DOUBLE or an integer type",
          "export the model with single precision");
    }
  }

  /** An operator that computes its result where all inputs are constants. */
  static Operator orElse(String name, Operator otherwise) {
    return node -> {
      boolean known = !node.inputs().isEmpty()
          && node.inputs().stream()
              .allMatch(value -> value.filter(Known.class::isInstance).isPresent());
      if (!known) {
        return otherwise.apply(node);
      }
      node.attributes().ignore("consumed_inputs");
      if (node.inputs().size() == 1
          && UNARY.containsKey(name)
          && node.constant(0).isReal()) {
        return List.of(new Known(node.constant(0).map(UNARY.get(name))));
      }
      if (node.inputs().size() == 2
          && BINARY.containsKey(name)
          && !node.attributes().has("axis")) {
        return List.of(new Known(binary(name, node.constant(0), node.constant(1))));
      }
      throw new UnfitException(
          "all its inputs are constants, and this is not computed at import",
          "replace it by its result in the model");
    };
  }

  private static Constant binary(String name, Constant a, Constant b) {
    if (a.type() != b.type()) {
      throw new UnfitException(
          "its constants are " + a + " and " + b + ", expected one type", "export the model again");
    }
    int[] dims = broadcast(a, b);
    Constant left = repeat(a, dims);
    Constant right = repeat(b, dims);
    if (a.isReal()) {
      double[] values = left.reals();
      double[] others = right.reals();
      Arrays.setAll(values, i -> BINARY.get(name).applyAsDouble(values[i], others[i]));
      return Constant.of(a.type(), dims, values);
    }
    if (!INTEGER.containsKey(name) || a.type() != ElementType.INT64) {
      throw new UnfitException(
          "it computes with constants of type " + a.type() + ", expected FLOAT or INT64",
          "replace it by its result in the model");
    }
    long[] values = left.integers();
    long[] others = right.integers();
    try {
      Arrays.setAll(values, i -> INTEGER.get(name).applyAsLong(values[i], others[i]));
    } catch (ArithmeticException e) {
      throw new UnfitException("its integers overflow", "replace it by its result in the model");
    }
    return Constant.of(dims, values);
  }

  private static int[] broadcast(Constant a, Constant b) {
    int rank = Math.max(a.dims().length, b.dims().length);
    int[] dims = new int[rank];
    for (int d = 1; d <= rank; d++) {
      int left = d > a.dims().length ? 1 : a.dims()[a.dims().length - d];
      int right = d > b.dims().length ? 1 : b.dims()[b.dims().length - d];
      if (left != right && left != 1 && right != 1) {
        throw new UnfitException(
            "its constants are " + a + " and " + b + ", expected sizes that are equal or 1",
            "export the model again");
      }
      dims[rank - d] = left == 1 ? right : left;
    }
    return dims;
  }

  /** A constant repeated to larger sizes. */
  static Constant repeat(Constant constant, int[] dims) {
    requireSmall(dims);
    int[] strides = new int[dims.length];
    int[] own = Places.strides(constant.dims());
    for (int d = 1; d <= own.length; d++) {
      int size = constant.dims()[own.length - d];
      strides[dims.length - d] = size == 1 ? 0 : own[own.length - d];
    }
    return constant.pick(Places.strided(dims, strides, 0), dims);
  }

  static void requireSmall(int[] dims) {
    long count = 1;
    for (int size : dims) {
      count = Math.min(count * size, Integer.MAX_VALUE);
    }
    if (count > LARGEST) {
      throw new UnfitException(
          "it computes a constant of more than " + LARGEST + " values", "make the model smaller");
    }
  }
}
