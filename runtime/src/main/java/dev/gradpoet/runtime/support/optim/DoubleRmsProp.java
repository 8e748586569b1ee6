package dev.gradpoet.runtime.support.optim;

import dev.gradpoet.runtime.RmsProp;
import dev.gradpoet.runtime.support.DoubleParameter;
import java.util.List;

/** {@link RmsProp} in {@code double}: the formula there. */
final class DoubleRmsProp extends DoubleUpdateRule {

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
    double[] a = averages == null ? v : array(averages, slot, array);
    double[] m = momenta == null ? v : array(momenta, slot, array);
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
