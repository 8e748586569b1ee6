package dev.gradpoet.runtime.support;

import dev.gradpoet.runtime.RmsProp;
import java.util.List;

/** {@link RmsProp} in {@code double}: the formula there. */
final class DoubleRmsProp extends DoubleOptimizer {

  private final RmsProp options;
  private final List<DoubleParameter> squares;

  /** The average gradients, null where they are not taken out. */
  private final List<DoubleParameter> averages;

  /** The momentum, null without. */
  private final List<DoubleParameter> momenta;

  private double learningRate;

  DoubleRmsProp(RmsProp options, List<DoubleParameter> parameters) {
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
  void update(int slot, int array, double[] w, double[] g, int from, int to) {
    double[] v = array(squares, slot, array);
    double[] a = averages == null ? null : array(averages, slot, array);
    double[] b = momenta == null ? null : array(momenta, slot, array);
    double alpha = options.alpha();
    double share = (1 - options.alpha());
    double eps = options.eps();
    double decay = options.weightDecay();
    double momentum = options.momentum();
    for (int j = from; j < to; j++) {
      double d = decay == 0 ? g[j] : Math.fma(decay, w[j], g[j]);
      v[j] = Math.fma(alpha, v[j], share * d * d);
      double square = v[j];
      if (a != null) {
        a[j] = Math.fma(alpha, a[j], share * d);
        square = Math.fma(-a[j], a[j], square);
      }
      // not 0 / 0, without eps
      double step = d == 0 ? 0 : d / (Math.sqrt(square) + eps);
      if (b != null) {
        b[j] = Math.fma(momentum, b[j], step);
        step = b[j];
      }
      w[j] = Math.fma(-learningRate, step, w[j]);
    }
  }
}
