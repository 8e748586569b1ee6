package dev.gradpoet.runtime.support;

import dev.gradpoet.runtime.Generator;

/** Draws the initial parameters of layers: first the weight, row by row as PyTorch stores it, then the bias. */
public final class Initialization {

  private Initialization() {}

  /**
   * PyTorch's default for {@code nn.Linear}: weight and bias from {@code uniform(-b, b)} with {@code b = 1 / sqrt(in)}, computed
   * for the weight as {@code kaiming_uniform_(a=sqrt(5))} does, whose rounding differs.
   *
   * @param g where the numbers come from
   * @param layer the layer to fill
   */
  public static void pytorchDefault(Generator g, FloatLinear layer) {
    int in = layer.weight().shape()[1];
    double bound = weightBound(in);
    g.uniform(layer.weight(), -bound, bound);
    if (layer.b != null) {
      g.uniform(layer.bias(), -biasBound(in), biasBound(in));
    }
  }

  /** As for {@code float}. */
  public static void pytorchDefault(Generator g, DoubleLinear layer) {
    int in = layer.weight().shape()[1];
    double bound = weightBound(in);
    g.uniform(layer.weight(), -bound, bound);
    if (layer.b != null) {
      g.uniform(layer.bias(), -biasBound(in), biasBound(in));
    }
  }

  /** In this order: the square of sqrt(5) is 5.000000000000001. */
  private static double weightBound(int in) {
    double a = Math.sqrt(5);
    double gain = Math.sqrt(2.0 / (1 + a * a));
    return Math.sqrt(3.0) * (gain / Math.sqrt(in));
  }

  private static double biasBound(int in) {
    return 1 / Math.sqrt(in);
  }
}
