package dev.gradpoet.runtime.support;

import dev.gradpoet.runtime.RmsProp;
import java.util.List;

/** {@link RmsProp} in {@code float}: the formula there. */
final class FloatRmsProp extends FloatOptimizer {

  private final RmsProp options;
  private final List<FloatLinear> squares;

  /** The average gradients, null where they are not taken out. */
  private final List<FloatLinear> averages;

  /** The momentum, null without. */
  private final List<FloatLinear> momenta;

  private float learningRate;

  FloatRmsProp(RmsProp options, List<FloatLinear> parameters) {
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
  void update(int layer, int array, float[] w, float[] g, int from, int to) {
    float[] v = array(squares, layer, array);
    float[] a = averages == null ? v : array(averages, layer, array);
    float[] m = momenta == null ? v : array(momenta, layer, array);
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
