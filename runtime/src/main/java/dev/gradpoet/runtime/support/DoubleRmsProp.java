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
  void update(int layer, int array, double[] w, double[] g, int from, int to) {
    double[] v = array(squares, layer, array);
    double[] a = averages == null ? v : array(averages, layer, array);
    double[] m = momenta == null ? v : array(momenta, layer, array);
    double alpha = options.alpha();
    double share = (1 - options.alpha());
    double eps = options.eps();
    double decay = options.weightDecay();
    double momentum = options.momentum();
    boolean decays = decay != 0;
    boolean centered = averages != null;
    boolean remembers = momenta != null;
    for (int j = from; j < to; j++) {
      double d = decays ? Math.fma(decay, w[j], g[j]) : g[j];
      v[j] = Math.fma(alpha, v[j], share * d * d);
      if (centered) {
        a[j] = Math.fma(alpha, a[j], share * d);
      }
      double square = centered ? Math.fma(-a[j], a[j], v[j]) : v[j];
      // not 0 / 0, without eps
      double step = d == 0.0 ? 0.0 : d / (Math.sqrt(square) + eps);
      if (remembers) {
        m[j] = Math.fma(momentum, m[j], step);
      }
      w[j] = Math.fma(-learningRate, remembers ? m[j] : step, w[j]);
    }
  }
}
