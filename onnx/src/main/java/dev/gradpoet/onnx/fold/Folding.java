package dev.gradpoet.onnx.fold;

import dev.gradpoet.Activation;
import dev.gradpoet.onnx.net.Constant;
import dev.gradpoet.onnx.net.LayerKind;
import dev.gradpoet.onnx.net.LayerKind.Conv;
import dev.gradpoet.onnx.net.LayerKind.Embedding;
import dev.gradpoet.onnx.net.LayerKind.LayerNorm;
import dev.gradpoet.onnx.net.LayerKind.Linear;
import dev.gradpoet.onnx.net.NetLayer;
import dev.gradpoet.onnx.net.Places;
import dev.gradpoet.onnx.wire.ElementType;
import java.util.Arrays;
import java.util.Optional;

/**
 * Folds constants that a model adds to or multiplies with the output of a layer into parameters: of a copy of the layer, because other nodes may read the layer as
 * it is. A layer that nothing reads is left out in the end.
 */
final class Folding {

  private Folding() {}

  /** Constants as many as the parameters of a layer need. */
  private interface Constants {

    /** One number a channel. */
    double[] blocks(int count);

    /** One number for each value of the last dimensions. */
    double[] columns(int count);
  }

  private static Constants of(Aligned c, NetLayer layer, int[] order) {
    return new Constants() {
      @Override
      public double[] blocks(int count) {
        return c.blocks(layer, order, count);
      }

      @Override
      public double[] columns(int count) {
        return c.columns(layer, order, count);
      }
    };
  }

  private static Constants of(double number) {
    return new Constants() {
      @Override
      public double[] blocks(int count) {
        double[] values = new double[count];
        Arrays.fill(values, number);
        return values;
      }

      @Override
      public double[] columns(int count) {
        return blocks(count);
      }
    };
  }

  /** The layer with constants added; empty if its parameters cannot hold them. */
  static Optional<NetLayer> plus(NetBuilder net, NetLayer layer, Aligned c, int[] order) {
    return plus(net, layer, of(c, layer, order));
  }

  /** The layer with a number added; empty if its parameters cannot hold it. */
  static Optional<NetLayer> plus(NetBuilder net, NetLayer layer, double number) {
    return plus(net, layer, of(number));
  }

  /** The layer with its values multiplied by constants; empty if its parameters cannot hold them. */
  static Optional<NetLayer> times(NetBuilder net, NetLayer layer, Aligned c, int[] order) {
    return times(net, layer, of(c, layer, order));
  }

  /** The layer with its values multiplied by a number; empty if its parameters cannot hold it. */
  static Optional<NetLayer> times(NetBuilder net, NetLayer layer, double number) {
    return times(net, layer, of(number));
  }

  private static Optional<NetLayer> plus(NetBuilder net, NetLayer layer, Constants c) {
    LayerKind kind = layer.kind();
    if (layer.activation() != Activation.IDENTITY) {
      return Optional.empty();
    }
    if (kind instanceof Linear linear) {
      double[] more = c.columns(linear.out());
      return Optional.of(added(net, layer, new Linear(linear.out(), true), more));
    }
    if (kind instanceof Conv conv) {
      double[] more = c.blocks(conv.out());
      return Optional.of(
          added(net, layer, new Conv(conv.out(), conv.window(), conv.groups(), true), more));
    }
    if (kind instanceof Embedding embedding) {
      double[] more = c.columns(embedding.dim());
      return Optional.of(rows(copy(net, layer, kind), (value, j) -> value + more[j], more.length));
    }
    if (kind instanceof LayerNorm norm) {
      double[] more = c.columns(normalized(layer, norm));
      return Optional.of(added(net, affine(net, layer, norm), null, more));
    }
    return Optional.empty();
  }

  private static Optional<NetLayer> times(NetBuilder net, NetLayer layer, Constants c) {
    LayerKind kind = layer.kind();
    if (layer.activation() != Activation.IDENTITY) {
      return Optional.empty();
    }
    if (kind instanceof Linear linear) {
      return Optional.of(scaled(copy(net, layer, kind), c.columns(linear.out())));
    }
    if (kind instanceof Conv conv) {
      return Optional.of(scaled(copy(net, layer, kind), c.blocks(conv.out())));
    }
    if (kind instanceof Embedding embedding) {
      double[] factors = c.columns(embedding.dim());
      return Optional.of(
          rows(copy(net, layer, kind), (value, j) -> value * factors[j], factors.length));
    }
    if (kind instanceof LayerNorm norm) {
      return Optional.of(scaled(affine(net, layer, norm), c.columns(normalized(layer, norm))));
    }
    return Optional.empty();
  }

  private static NetLayer copy(NetBuilder net, NetLayer layer, LayerKind kind) {
    NetLayer copy = net.add(kind, layer.from(), layer.shape(), layer.origin());
    copy.parameters().putAll(layer.parameters());
    return copy;
  }

  /**
   * A layer with a larger bias.
   *
   * @param kind what it becomes; null if the layer is a copy already
   */
  private static NetLayer added(NetBuilder net, NetLayer layer, LayerKind kind, double[] more) {
    NetLayer copy = kind == null ? layer : copy(net, layer, kind);
    Constant weight = layer.parameter("weight").orElseThrow();
    Constant bias = layer
        .parameter("bias")
        .orElseGet(
            () -> Constant.of(weight.type(), new int[] {more.length}, new double[more.length]));
    double[] sum = bias.reals();
    Arrays.setAll(sum, i -> sum[i] + more[i]);
    copy.parameters().put("bias", Constant.of(weight.type(), bias.dims(), sum));
    return copy;
  }

  /** Multiplies the block of each output, of the weight and the bias, by a factor. */
  private static NetLayer scaled(NetLayer copy, double[] factors) {
    copy.parameters().replaceAll((name, parameter) -> {
      double[] values = parameter.reals();
      int length = values.length / factors.length;
      Arrays.setAll(values, i -> values[i] * factors[i / length]);
      return Constant.of(parameter.type(), parameter.dims(), values);
    });
    return copy;
  }

  /** A number of a row at a place of it. */
  private interface InRow {
    double value(double value, int place);
  }

  /** Changes each row of the table of an embedding. */
  private static NetLayer rows(NetLayer copy, InRow function, int length) {
    copy.parameters().replaceAll((name, table) -> {
      double[] values = table.reals();
      Arrays.setAll(values, i -> function.value(values[i], i % length));
      return Constant.of(table.type(), table.dims(), values);
    });
    return copy;
  }

  private static int normalized(NetLayer layer, LayerNorm norm) {
    int[] shape = layer.shape();
    return Places.count(Arrays.copyOfRange(shape, shape.length - norm.dims(), shape.length));
  }

  /** A copy of a layer norm with a weight, of ones, and a bias, of zeros. */
  private static NetLayer affine(NetBuilder net, NetLayer layer, LayerNorm norm) {
    NetLayer copy = copy(net, layer, new LayerNorm(norm.dims(), norm.eps(), true));
    if (!norm.affine()) {
      int[] shape = layer.shape();
      int[] dims = Arrays.copyOfRange(shape, shape.length - norm.dims(), shape.length);
      double[] ones = new double[Places.count(dims)];
      Arrays.fill(ones, 1);
      Constant weight = Constant.of(ElementType.DOUBLE, dims, ones);
      copy.parameters().put("weight", weight);
      copy.parameters().put("bias", weight.map(one -> 0));
    }
    return copy;
  }
}
