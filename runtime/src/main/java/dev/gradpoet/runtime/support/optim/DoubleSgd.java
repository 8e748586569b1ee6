package dev.gradpoet.runtime.support.optim;

import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.support.DoubleParameter;
import java.util.List;

/** {@link Sgd} in {@code double}: the formula there. */
final class DoubleSgd extends DoubleUpdateRule {

  private final Sgd options;

  /** The momentum, null without. */
  private final List<DoubleParameter> momenta;

  private double learningRate;
  private boolean first;

  DoubleSgd(Sgd options, List<DoubleParameter> parameters, DoubleUpdates updates) {
    super(parameters, updates);
    this.options = options;
    momenta = options.momentum() == 0 ? null : buffer("momentum_buffer", 0);
  }

  @Override
  void begin(long update, double learningRate) {
    this.learningRate = learningRate;
    this.first = update == 1;
  }

  /** In any case: a value takes so few instructions that padding takes less time than a call for each row. */
  @Override
  boolean takesPadding() {
    return true;
  }

  @Override
  void update(int slot, int array, double[] w, double[] g, int from, int to) {
    updates.sgd(
        from,
        to,
        w,
        g,
        momenta == null ? w : array(momenta, slot, array),
        options.weightDecay(),
        options.momentum(),
        (1 - options.dampening()),
        learningRate,
        options.maximize(),
        options.weightDecay() != 0,
        momenta != null,
        first,
        options.nesterov());
  }
}
