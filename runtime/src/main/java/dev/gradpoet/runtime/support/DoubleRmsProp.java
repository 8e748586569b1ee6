package dev.gradpoet.runtime.support;

import dev.gradpoet.runtime.RmsProp;
import java.util.List;

/** {@link RmsProp} in {@code double}: the formula there. */
final class DoubleRmsProp extends DoubleOptimizer {

  private final RmsProp options;
  private final List<DoubleLinear> squares;

  /** The average gradients, null where they are not taken out. */
  private final List<DoubleLinear> averages;

  /** The momentum, null without. */
  private final List<DoubleLinear> momenta;

  private double learningRate;

  DoubleRmsProp(RmsProp options, List<DoubleLinear> parameters) {
    super(parameters);
    this.options = options;
    squares = buffer("square_avg", 0);
    averages = options.centered() ? buffer("grad_avg", 0) : null;
    momenta = options.momentum() > 0 ? buffer("momentum_buffer", 0) : null;
  }

  @Override
  void begin(long update, double learningRate) {
    this.learningRate = learningRate;
  }

  @Override
  void updateRow(int layer, int row, double[] w, double[] g) {
    double[] v = row(squares, layer, row);
    double[] a = averages == null ? null : row(averages, layer, row);
    double[] b = momenta == null ? null : row(momenta, layer, row);
    double alpha = options.alpha();
    double share = (1 - options.alpha());
    double eps = options.eps();
    double decay = options.weightDecay();
    double momentum = options.momentum();
    for (int j = 0; j < w.length; j++) {
      double d = decay == 0 ? g[j] : Math.fma(decay, w[j], g[j]);
      v[j] = Math.fma(alpha, v[j], share * d * d);
      double square = v[j];
      if (a != null) {
        a[j] = Math.fma(alpha, a[j], share * d);
        square = Math.fma(-a[j], a[j], square);
      }
      // 0 / 0 in the padding of rows, without eps
      double step = d == 0 ? 0 : d / (Math.sqrt(square) + eps);
      if (b != null) {
        b[j] = Math.fma(momentum, b[j], step);
        step = b[j];
      }
      w[j] = Math.fma(-learningRate, step, w[j]);
    }
  }
}
