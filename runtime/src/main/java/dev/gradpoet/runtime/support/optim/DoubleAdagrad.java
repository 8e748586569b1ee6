package dev.gradpoet.runtime.support.optim;

import dev.gradpoet.runtime.Adagrad;
import dev.gradpoet.runtime.support.DoubleParameter;
import java.util.List;

/** {@link Adagrad} in {@code double}: the formula there. */
final class DoubleAdagrad extends DoubleUpdateRule {

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
    double[] v = array(sums, slot, array);
    double eps = options.eps();
    double decay = options.weightDecay();
    boolean decays = decay != 0;
    for (int j = from; j < to; j++) {
      double d = decays ? Math.fma(decay, w[j], g[j]) : g[j];
      v[j] = Math.fma(d, d, v[j]);
      // not 0 / 0, without eps
      double step = d == 0.0 ? 0.0 : d / (Math.sqrt(v[j]) + eps);
      w[j] = Math.fma(-learningRate, step, w[j]);
    }
  }
}
