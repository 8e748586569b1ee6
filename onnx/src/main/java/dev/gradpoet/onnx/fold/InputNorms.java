package dev.gradpoet.onnx.fold;

import dev.gradpoet.onnx.fold.Expr.Affine;
import dev.gradpoet.onnx.fold.Expr.Num;
import dev.gradpoet.onnx.fold.Expr.Product;
import dev.gradpoet.onnx.fold.Expr.Source;
import dev.gradpoet.onnx.fold.Expr.Sum;
import dev.gradpoet.onnx.net.Constant;
import dev.gradpoet.onnx.net.LayerKind.Normalization;
import dev.gradpoet.onnx.net.NetLayer;
import dev.gradpoet.onnx.net.Places;
import dev.gradpoet.onnx.wire.ElementType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes {@code @Normalization} of constants that a model adds to an input or multiplies it with. */
final class InputNorms {

  private final double[] scale;
  private final double[] shift;

  private InputNorms(int size) {
    scale = new double[size];
    shift = new double[size];
    Arrays.fill(scale, 1);
  }

  /** Whether an expression is the input, or the input with constants added and multiplied. */
  static boolean isInput(Expr expr) {
    return switch (kind(expr)) {
      case LEAF -> true;
      case NONE -> false;
      default -> isInput(of(expr));
    };
  }

  /** Whether all constants are the same within each channel of these sizes. */
  static boolean fitsChannels(Expr expr, int[] dims, int[] order) {
    int size = Places.count(dims);
    InputNorms norms = new InputNorms(size);
    norms.add(expr);
    for (int i = 1; i < size; i++) {
      int place = order == null ? i : order[i];
      int before = order == null ? i - 1 : order[i - 1];
      boolean channel = i % (size / dims[0]) != 0;
      if (channel
          && (norms.scale[place] != norms.scale[before]
              || norms.shift[place] != norms.shift[before])) {
        return false;
      }
    }
    return true;
  }

  private enum Kind {
    LEAF,
    SUM,
    PRODUCT,
    AFFINE,
    NONE
  }

  private static Kind kind(Expr expr) {
    if (expr instanceof Source) {
      return Kind.LEAF;
    }
    if (expr instanceof Sum sum && sum.b() instanceof Num) {
      return Kind.SUM;
    }
    if (expr instanceof Product product && product.a() instanceof Num) {
      return Kind.PRODUCT;
    }
    return expr instanceof Affine ? Kind.AFFINE : Kind.NONE;
  }

  private static Expr of(Expr expr) {
    return switch (kind(expr)) {
      case SUM -> ((Sum) expr).a();
      case PRODUCT -> ((Product) expr).b();
      default -> ((Affine) expr).of();
    };
  }

  /**
   * The layer of an expression.
   *
   * @return empty if it is no such expression, or the input itself
   * @throws UnfitException if the constants differ within a channel, or a factor is not positive
   */
  static Optional<NetLayer> layer(NetBuilder net, Expr expr) {
    if (!isInput(expr) || expr instanceof Source) {
      return Optional.empty();
    }
    NetLayer input = expr.inputs().findFirst().orElseThrow();
    int[] order = net.inputs().order(input);
    int[] shape = input.shape();
    int size = Places.count(shape);
    InputNorms norms = new InputNorms(size);
    norms.add(expr);
    int blocks = shape[0];
    Double[] mean = new Double[blocks];
    Double[] std = new Double[blocks];
    for (int i = 0; i < size; i++) {
      int block = i / (size / blocks);
      int place = order == null ? i : order[i];
      double factor = norms.scale[place];
      double first = mean[block] == null ? 0 : mean[block];
      double subtracted = norms.shift[place] == 0 ? 0 : -norms.shift[place] / factor;
      boolean same = mean[block] == null || first == subtracted && std[block] == 1 / factor;
      if (!same || !isDeviation((float) (1 / factor)) || !Float.isFinite((float) subtracted)) {
        throw new UnfitException(
            same
                ? "it multiplies the input by " + factor + " and adds " + norms.shift[place]
                    + ", expected finite numbers, and factors above 0"
                : "it adds or multiplies constants that differ within a channel of the input "
                    + Arrays.toString(shape),
            "@Normalization has a mean and a deviation for each channel: leave it to the caller");
      }
      mean[block] = subtracted;
      std[block] = 1 / factor;
    }
    Normalization kind = new Normalization(List.of(mean), List.of(std));
    NetLayer layer = net.add(kind, List.of(input), shape, "");
    if (kind.members().isEmpty()) {
      layer.parameters().put("mean", constant(mean));
      layer.parameters().put("std", constant(std));
    }
    return Optional.of(layer);
  }

  private static boolean isDeviation(float value) {
    return value > 0 && Float.isFinite(value);
  }

  private static Constant constant(Double[] values) {
    double[] numbers = Arrays.stream(values).mapToDouble(Double::doubleValue).toArray();
    return Constant.of(ElementType.DOUBLE, new int[] {numbers.length}, numbers);
  }

  private void add(Expr expr) {
    Kind kind = kind(expr);
    if (kind == Kind.LEAF) {
      return;
    }
    add(of(expr));
    for (int i = 0; i < scale.length; i++) {
      double factor = 1;
      double term = 0;
      if (kind == Kind.SUM) {
        term = ((Num) ((Sum) expr).b()).value();
      } else if (kind == Kind.PRODUCT) {
        factor = ((Num) ((Product) expr).a()).value();
      } else {
        factor = ((Affine) expr).values().scale(i);
        term = ((Affine) expr).values().shift(i);
      }
      scale[i] *= factor;
      shift[i] = shift[i] * factor + term;
    }
  }
}
