package dev.gradpoet.runtime.support.optim;

import dev.gradpoet.runtime.RmsProp;
import dev.gradpoet.runtime.support.FloatParameter;
import java.util.List;

/** {@link RmsProp} in {@code float}: the formula there. */
final class FloatRmsProp extends FloatUpdateRule {

  private final RmsProp options;
  private final List<FloatParameter> squares;

  /** The average gradients, null where they are not taken out. */
  private final List<FloatParameter> averages;

  /** The momentum, null without. */
  private final List<FloatParameter> momenta;

  private float learningRate;

  FloatRmsProp(RmsProp options, List<FloatParameter> parameters) {
    super(parameters);
    this.options = options;
    squares = buffer("square_avg", 0);
    averages = options.centered() ? buffer("grad_avg", 0) : null;
    momenta = options.momentum() > 0 ? buffer("momentum_buffer", 0) : null;
  }

  @Override
  void begin(long update, double learningRate) {
    this.learningRate = (float) learningRate;
  }

  @Override
  void update(int slot, int array, float[] w, float[] g, int from, int to) {
    float[] v = array(squares, slot, array);
    float[] a = averages == null ? v : array(averages, slot, array);
    float[] m = momenta == null ? v : array(momenta, slot, array);
    float alpha = (float) options.alpha();
    float share = (float) (1 - options.alpha());
    float eps = (float) options.eps();
    float decay = (float) options.weightDecay();
    float momentum = (float) options.momentum();
    boolean decays = decay != 0;
    boolean centered = averages != null;
    boolean remembers = momenta != null;
    for (int j = from; j < to; j++) {
      float d = decays ? Math.fma(decay, w[j], g[j]) : g[j];
      v[j] = Math.fma(alpha, v[j], share * d * d);
      if (centered) {
        a[j] = Math.fma(alpha, a[j], share * d);
      }
      float square = centered ? Math.fma(-a[j], a[j], v[j]) : v[j];
      // not 0 / 0, without eps
      float step = d == 0f ? 0f : d / ((float) Math.sqrt(square) + eps);
      if (remembers) {
        m[j] = Math.fma(momentum, m[j], step);
      }
      w[j] = Math.fma(-learningRate, remembers ? m[j] : step, w[j]);
    }
  }
}
