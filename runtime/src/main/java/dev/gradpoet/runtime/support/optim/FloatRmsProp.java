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

  FloatRmsProp(RmsProp options, List<FloatParameter> parameters, FloatUpdates updates) {
    super(parameters, updates);
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
    updates.rmsProp(
        from,
        to,
        w,
        g,
        v,
        averages == null ? v : array(averages, slot, array),
        momenta == null ? v : array(momenta, slot, array),
        (float) options.weightDecay(),
        (float) options.alpha(),
        (float) (1 - options.alpha()),
        (float) options.eps(),
        (float) options.momentum(),
        learningRate,
        (float) options.weightDecay() != 0,
        averages != null,
        momenta != null);
  }
}
