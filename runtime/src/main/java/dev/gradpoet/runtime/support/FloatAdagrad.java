package dev.gradpoet.runtime.support;

import dev.gradpoet.runtime.Adagrad;
import java.util.List;

/** {@link Adagrad} in {@code float}: the formula there. */
final class FloatAdagrad extends FloatOptimizer {

  private final Adagrad options;
  private final List<FloatParameter> sums;
  private float learningRate;

  FloatAdagrad(Adagrad options, List<FloatParameter> parameters) {
    super(parameters);
    this.options = options;
    sums = buffer("sum", options.initialAccumulatorValue());
  }

  @Override
  void begin(long update, double learningRate) {
    this.learningRate = (float) (learningRate / (1 + (update - 1) * options.lrDecay()));
  }

  @Override
  void update(int slot, int array, float[] w, float[] g, int from, int to) {
    float[] s = array(sums, slot, array);
    float eps = (float) options.eps();
    float decay = (float) options.weightDecay();
    for (int j = from; j < to; j++) {
      float d = decay == 0 ? g[j] : Math.fma(decay, w[j], g[j]);
      s[j] = Math.fma(d, d, s[j]);
      // not 0 / 0, without eps
      float step = d == 0 ? 0 : d / ((float) Math.sqrt(s[j]) + eps);
      w[j] = Math.fma(-learningRate, step, w[j]);
    }
  }
}
