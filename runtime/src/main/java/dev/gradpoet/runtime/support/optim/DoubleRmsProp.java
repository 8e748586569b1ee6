package dev.gradpoet.runtime.support.optim;

import dev.gradpoet.runtime.RmsProp;
import dev.gradpoet.runtime.support.DoubleParameter;
import java.util.List;

/** {@link RmsProp} in {@code double}: the formula there. */
final class DoubleRmsProp extends DoubleUpdateRule {

  private final RmsProp options;
  private final List<DoubleParameter> squares;

  /** The average gradients, null where they are not taken out. */
  private final List<DoubleParameter> averages;

  /** The momentum, null without. */
  private final List<DoubleParameter> momenta;

  private double learningRate;

  DoubleRmsProp(RmsProp options, List<DoubleParameter> parameters, DoubleUpdates updates) {
    super(parameters, updates);
    this.options = options;
    squares = buffer("square_avg", 0);
    averages = options.centered() ? buffer("grad_avg", 0) : null;
    momenta = options.momentum() > 0 ? buffer("momentum_buffer", 0) : null;
  }

  @Override
  void begin(long update, double learningRate) {
    this.learningRate = learningRate;
  }

  @Override
  void update(int slot, int array, double[] w, double[] g, int from, int to) {
    double[] v = array(squares, slot, array);
    updates.rmsProp(
        from,
        to,
        w,
        g,
        v,
        averages == null ? v : array(averages, slot, array),
        momenta == null ? v : array(momenta, slot, array),
        options.weightDecay(),
        options.alpha(),
        (1 - options.alpha()),
        options.eps(),
        options.momentum(),
        learningRate,
        options.weightDecay() != 0,
        averages != null,
        momenta != null);
  }
}
