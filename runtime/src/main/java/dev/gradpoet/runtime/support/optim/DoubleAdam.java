package dev.gradpoet.runtime.support.optim;

import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.AdamW;
import dev.gradpoet.runtime.math.DoubleMath;
import dev.gradpoet.runtime.support.DoubleParameter;
import java.util.List;

/** {@link Adam} and {@link AdamW} in {@code double}: the formulas there, their coefficients computed in double. */
final class DoubleAdam extends DoubleUpdateRule {

  private final AdamOptions options;
  private final List<DoubleParameter> averages;
  private final List<DoubleParameter> squares;

  /** The largest squares, null without amsgrad. */
  private final List<DoubleParameter> largest;

  private double stepSize;
  private double correction;
  private double shrink;

  DoubleAdam(AdamOptions options, List<DoubleParameter> parameters, DoubleUpdates updates) {
    super(parameters, updates);
    this.options = options;
    averages = buffer("exp_avg", 0);
    squares = buffer("exp_avg_sq", 0);
    largest = options.amsgrad() ? buffer("max_exp_avg_sq", 0) : null;
  }

  @Override
  void begin(long update, double learningRate) {
    stepSize = (learningRate / (1 - DoubleMath.power(options.beta1(), update)));
    correction = Math.sqrt(1 - DoubleMath.power(options.beta2(), update));
    shrink = (1 - learningRate * options.decoupledDecay());
  }

  @Override
  void update(int slot, int array, double[] w, double[] g, int from, int to) {
    double[] v = array(squares, slot, array);
    updates.adam(
        from,
        to,
        w,
        g,
        array(averages, slot, array),
        v,
        largest == null ? v : array(largest, slot, array),
        shrink,
        options.decay(),
        options.beta1(),
        (1 - options.beta1()),
        options.beta2(),
        (1 - options.beta2()),
        correction,
        options.eps(),
        stepSize,
        options.decoupledDecay() != 0,
        options.decay() != 0,
        largest != null);
  }
}
