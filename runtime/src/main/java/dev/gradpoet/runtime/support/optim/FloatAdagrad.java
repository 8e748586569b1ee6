package dev.gradpoet.runtime.support.optim;

import dev.gradpoet.runtime.Adagrad;
import dev.gradpoet.runtime.support.FloatParameter;
import java.util.List;

/** {@link Adagrad} in {@code float}: the formula there. */
final class FloatAdagrad extends FloatUpdateRule {

  private final Adagrad options;
  private final List<FloatParameter> sums;
  private float learningRate;

  FloatAdagrad(Adagrad options, List<FloatParameter> parameters, FloatUpdates updates) {
    super(parameters, updates);
    this.options = options;
    sums = buffer("sum", options.initialAccumulatorValue());
  }

  @Override
  void begin(long update, double learningRate) {
    this.learningRate = (float) (learningRate / (1 + (update - 1) * options.lrDecay()));
  }

  @Override
  void update(int slot, int array, float[] w, float[] g, int from, int to) {
    updates.adagrad(
        from,
        to,
        w,
        g,
        array(sums, slot, array),
        (float) options.weightDecay(),
        (float) options.eps(),
        learningRate,
        (float) options.weightDecay() != 0);
  }
}
