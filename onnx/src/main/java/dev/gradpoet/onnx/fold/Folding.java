package dev.gradpoet.onnx.fold;

import dev.gradpoet.Activation;
import dev.gradpoet.onnx.net.Constant;
import dev.gradpoet.onnx.net.LayerKind;
import dev.gradpoet.onnx.net.LayerKind.Conv;
import dev.gradpoet.onnx.net.LayerKind.LayerNorm;
import dev.gradpoet.onnx.net.LayerKind.Linear;
import dev.gradpoet.onnx.net.NetLayer;
import dev.gradpoet.onnx.net.Places;
import dev.gradpoet.onnx.wire.ElementType;
import java.util.Arrays;

/** Folds constants that a model adds to or multiplies with the output of a layer into the parameters of the layer. */
final class Folding {

  private Folding() {}

  /** Adds a constant to a layer; returns whether its parameters can hold it. */
  static boolean addBias(NetLayer layer, Aligned c, int[] order) {
    if (layer.activation() != Activation.IDENTITY) {
      return false;
    }
    LayerKind kind = layer.kind();
    if (kind instanceof Linear linear) {
      add(layer, c.columns(layer, order, linear.out()));
      layer.become(new Linear(linear.out(), true));
      return true;
    }
    if (kind instanceof Conv conv) {
      add(layer, c.blocks(layer, order, conv.out()));
      layer.become(new Conv(conv.out(), conv.window(), conv.groups(), true));
      return true;
    }
    if (kind instanceof LayerNorm norm) {
      affine(layer, norm);
      add(layer, c.columns(layer, order, normalized(layer, norm)));
      return true;
    }
    return false;
  }

  private static void add(NetLayer layer, double[] more) {
    Constant weight = layer.parameter("weight").orElseThrow();
    Constant bias = layer
        .parameter("bias")
        .orElseGet(
            () -> Constant.of(weight.type(), new int[] {more.length}, new double[more.length]));
    double[] sum = bias.reals();
    Arrays.setAll(sum, i -> sum[i] + more[i]);
    layer.parameters().put("bias", Constant.of(weight.type(), bias.dims(), sum));
  }

  /** Multiplies a layer by a constant; returns whether its parameters can hold it. */
  static boolean scale(NetLayer layer, Aligned c, int[] order) {
    if (layer.activation() != Activation.IDENTITY) {
      return false;
    }
    LayerKind kind = layer.kind();
    if (kind instanceof Linear linear) {
      scaleBlocks(layer, c.columns(layer, order, linear.out()));
      return true;
    }
    if (kind instanceof Conv conv) {
      scaleBlocks(layer, c.blocks(layer, order, conv.out()));
      return true;
    }
    if (kind instanceof LayerNorm norm) {
      affine(layer, norm);
      scaleBlocks(layer, c.columns(layer, order, normalized(layer, norm)));
      return true;
    }
    return false;
  }

  /** Multiplies the block of each output, of the weight and the bias, by a factor. */
  private static void scaleBlocks(NetLayer layer, double[] factors) {
    layer.parameters().replaceAll((name, parameter) -> {
      double[] values = parameter.reals();
      int length = values.length / factors.length;
      Arrays.setAll(values, i -> values[i] * factors[i / length]);
      return Constant.of(parameter.type(), parameter.dims(), values);
    });
  }

  private static int normalized(NetLayer layer, LayerNorm norm) {
    int[] shape = layer.shape();
    return Places.count(Arrays.copyOfRange(shape, shape.length - norm.dims(), shape.length));
  }

  /** Gives a layer norm a weight of ones and a bias of zeros. */
  private static void affine(NetLayer layer, LayerNorm norm) {
    if (norm.affine()) {
      return;
    }
    int[] shape = layer.shape();
    int[] dims = Arrays.copyOfRange(shape, shape.length - norm.dims(), shape.length);
    double[] ones = new double[Places.count(dims)];
    Arrays.fill(ones, 1);
    Constant weight = Constant.of(ElementType.DOUBLE, dims, ones);
    layer.parameters().put("weight", weight);
    layer.parameters().put("bias", weight.map(one -> 0));
    layer.become(new LayerNorm(norm.dims(), norm.eps(), true));
  }
}
