package dev.gradpoet.runtime.support;

import dev.gradpoet.runtime.Adagrad;
import java.util.List;

/** {@link Adagrad} in {@code double}: the formula there. */
final class DoubleAdagrad extends DoubleOptimizer {

  private final Adagrad options;
  private final List<DoubleParameter> sums;
  private double learningRate;

  DoubleAdagrad(Adagrad options, List<DoubleParameter> parameters) {
    super(parameters);
    this.options = options;
    sums = buffer("sum", options.initialAccumulatorValue());
  }

  @Override
  void begin(long update, double learningRate) {
    this.learningRate = (learningRate / (1 + (update - 1) * options.lrDecay()));
  }

  @Override
  void update(int slot, int array, double[] w, double[] g, int from, int to) {
    double[] s = array(sums, slot, array);
    double eps = options.eps();
    double decay = options.weightDecay();
    for (int j = from; j < to; j++) {
      double d = decay == 0 ? g[j] : Math.fma(decay, w[j], g[j]);
      s[j] = Math.fma(d, d, s[j]);
      // not 0 / 0, without eps
      double step = d == 0 ? 0 : d / (Math.sqrt(s[j]) + eps);
      w[j] = Math.fma(-learningRate, step, w[j]);
    }
  }
}
