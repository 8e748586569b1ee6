package dev.gradpoet.runtime.support;

import dev.gradpoet.runtime.RmsProp;
import java.util.List;

/** {@link RmsProp} in {@code float}: the formula there. */
final class FloatRmsProp extends FloatOptimizer {

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
    float[] a = averages == null ? null : array(averages, slot, array);
    float[] b = momenta == null ? null : array(momenta, slot, array);
    float alpha = (float) options.alpha();
    float share = (float) (1 - options.alpha());
    float eps = (float) options.eps();
    float decay = (float) options.weightDecay();
    float momentum = (float) options.momentum();
    for (int j = from; j < to; j++) {
      float d = decay == 0 ? g[j] : Math.fma(decay, w[j], g[j]);
      v[j] = Math.fma(alpha, v[j], share * d * d);
      float square = v[j];
      if (a != null) {
        a[j] = Math.fma(alpha, a[j], share * d);
        square = Math.fma(-a[j], a[j], square);
      }
      // not 0 / 0, without eps
      float step = d == 0 ? 0 : d / ((float) Math.sqrt(square) + eps);
      if (b != null) {
        b[j] = Math.fma(momentum, b[j], step);
        step = b[j];
      }
      w[j] = Math.fma(-learningRate, step, w[j]);
    }
  }
}
