package dev.gradpoet.runtime.support.optim;

import dev.gradpoet.runtime.Adagrad;
import dev.gradpoet.runtime.support.FloatParameter;
import java.util.List;

/** {@link Adagrad} in {@code float}: the formula there. */
final class FloatAdagrad extends FloatUpdateRule {

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
    float[] v = array(sums, slot, array);
    float eps = (float) options.eps();
    float decay = (float) options.weightDecay();
    boolean decays = decay != 0;
    for (int j = from; j < to; j++) {
      float d = decays ? Math.fma(decay, w[j], g[j]) : g[j];
      v[j] = Math.fma(d, d, v[j]);
      // not 0 / 0, without eps
      float step = d == 0f ? 0f : d / ((float) Math.sqrt(v[j]) + eps);
      w[j] = Math.fma(-learningRate, step, w[j]);
    }
  }
}
