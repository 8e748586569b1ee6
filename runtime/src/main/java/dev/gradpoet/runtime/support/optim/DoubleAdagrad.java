package dev.gradpoet.runtime.support.optim;

import dev.gradpoet.runtime.Adagrad;
import dev.gradpoet.runtime.support.DoubleParameter;
import java.util.List;

/** {@link Adagrad} in {@code double}: the formula there. */
final class DoubleAdagrad extends DoubleUpdateRule {

  private final Adagrad options;
  private final List<DoubleParameter> sums;
  private double learningRate;

  DoubleAdagrad(Adagrad options, List<DoubleParameter> parameters, DoubleUpdates updates) {
    super(parameters, updates);
    this.options = options;
    sums = buffer("sum", options.initialAccumulatorValue());
  }

  @Override
  void begin(long update, double learningRate) {
    this.learningRate = (learningRate / (1 + (update - 1) * options.lrDecay()));
  }

  @Override
  void update(int slot, int array, double[] w, double[] g, int from, int to) {
    updates.adagrad(
        from,
        to,
        w,
        g,
        array(sums, slot, array),
        options.weightDecay(),
        options.eps(),
        learningRate,
        options.weightDecay() != 0);
  }
}
