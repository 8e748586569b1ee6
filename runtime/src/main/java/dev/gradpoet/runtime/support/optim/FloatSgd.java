package dev.gradpoet.runtime.support.optim;

import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.support.FloatParameter;
import java.util.List;

/** {@link Sgd} in {@code float}: the formula there. */
final class FloatSgd extends FloatUpdateRule {

  private final Sgd options;

  /** The momentum, null without. */
  private final List<FloatParameter> momenta;

  private float learningRate;
  private boolean first;

  FloatSgd(Sgd options, List<FloatParameter> parameters, FloatUpdates updates) {
    super(parameters, updates);
    this.options = options;
    momenta = options.momentum() == 0 ? null : buffer("momentum_buffer", 0);
  }

  @Override
  void begin(long update, double learningRate) {
    this.learningRate = (float) learningRate;
    this.first = update == 1;
  }

  /** In any case: a value takes so few instructions that padding takes less time than a call for each row. */
  @Override
  boolean takesPadding() {
    return true;
  }

  @Override
  void update(int slot, int array, float[] w, float[] g, int from, int to) {
    updates.sgd(
        from,
        to,
        w,
        g,
        momenta == null ? w : array(momenta, slot, array),
        (float) options.weightDecay(),
        (float) options.momentum(),
        (float) (1 - options.dampening()),
        learningRate,
        options.maximize(),
        (float) options.weightDecay() != 0,
        momenta != null,
        first,
        options.nesterov());
  }
}
