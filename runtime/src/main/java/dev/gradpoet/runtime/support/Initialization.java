package dev.gradpoet.runtime.support;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Tensor;
import java.util.Optional;

/** Draws the initial parameters of layers: first the weight, row by row as PyTorch stores it, then the bias. */
public final class Initialization {

  private Initialization() {}

  /**
   * PyTorch's default for {@code nn.Linear}: weight and bias from {@code uniform(-b, b)} with {@code b = 1 / sqrt(in)}, computed
   * for the weight as {@code kaiming_uniform_(a=sqrt(5))} does, whose rounding differs.
   *
   * @param g where the numbers come from
   * @param layer the linear layer to fill
   */
  public static void pytorchDefault(Generator g, Layer layer) {
    int in = in(layer);
    double a = Math.sqrt(5);
    // In this order: the square of sqrt(5) is 5.000000000000001.
    double gain = Math.sqrt(2.0 / (1 + a * a));
    uniform(g, layer, Math.sqrt(3.0) * (gain / Math.sqrt(in)));
    double bound = 1 / Math.sqrt(in);
    bias(layer).ifPresent(bias -> g.uniform(bias, -bound, bound));
  }

  /** {@code torch.nn.init.xavier_uniform_} of the weight, and a bias of zeros. */
  public static void xavierUniform(Generator g, Layer layer) {
    double std = Math.sqrt(2.0 / (in(layer) + out(layer)));
    uniform(g, layer, Math.sqrt(3.0) * std);
    zeroBias(layer);
  }

  /** {@code torch.nn.init.xavier_normal_} of the weight, and a bias of zeros. */
  public static void xavierNormal(Generator g, Layer layer) {
    g.normal(layer.weight(), 0, Math.sqrt(2.0 / (in(layer) + out(layer))));
    zeroBias(layer);
  }

  /** {@code torch.nn.init.kaiming_uniform_(nonlinearity="relu")} of the weight, and a bias of zeros. */
  public static void kaimingUniformRelu(Generator g, Layer layer) {
    uniform(g, layer, Math.sqrt(3.0) * (Math.sqrt(2.0) / Math.sqrt(in(layer))));
    zeroBias(layer);
  }

  /** {@code torch.nn.init.kaiming_normal_(nonlinearity="relu")} of the weight, and a bias of zeros. */
  public static void kaimingNormalRelu(Generator g, Layer layer) {
    g.normal(layer.weight(), 0, Math.sqrt(2.0) / Math.sqrt(in(layer)));
    zeroBias(layer);
  }

  private static void uniform(Generator g, Layer layer, double bound) {
    g.uniform(layer.weight(), -bound, bound);
  }

  private static void zeroBias(Layer layer) {
    bias(layer).ifPresent(bias -> bias.copyFrom(new double[bias.size()]));
  }

  private static Optional<Tensor> bias(Layer layer) {
    boolean there = layer instanceof FloatLinear linear && linear.b != null
        || layer instanceof DoubleLinear wide && wide.b != null;
    return there ? Optional.of(layer.bias()) : Optional.empty();
  }

  private static int in(Layer layer) {
    return layer.weight().shape()[1];
  }

  private static int out(Layer layer) {
    return layer.weight().shape()[0];
  }
}
