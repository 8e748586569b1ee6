package dev.gradpoet.runtime.support.optim;

import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.AdamW;
import dev.gradpoet.runtime.math.DoubleMath;
import dev.gradpoet.runtime.support.FloatParameter;
import java.util.List;

/** {@link Adam} and {@link AdamW} in {@code float}: the formulas there, their coefficients computed in double. */
final class FloatAdam extends FloatUpdateRule {

  private final AdamOptions options;
  private final List<FloatParameter> averages;
  private final List<FloatParameter> squares;

  /** The largest squares, null without amsgrad. */
  private final List<FloatParameter> largest;

  private float stepSize;
  private float correction;
  private float shrink;

  FloatAdam(AdamOptions options, List<FloatParameter> parameters, FloatUpdates updates) {
    super(parameters, updates);
    this.options = options;
    averages = buffer("exp_avg", 0);
    squares = buffer("exp_avg_sq", 0);
    largest = options.amsgrad() ? buffer("max_exp_avg_sq", 0) : null;
  }

  @Override
  void begin(long update, double learningRate) {
    stepSize = (float) (learningRate / (1 - DoubleMath.power(options.beta1(), update)));
    correction = (float) Math.sqrt(1 - DoubleMath.power(options.beta2(), update));
    shrink = (float) (1 - learningRate * options.decoupledDecay());
  }

  @Override
  void update(int slot, int array, float[] w, float[] g, int from, int to) {
    float[] v = array(squares, slot, array);
    updates.adam(
        from,
        to,
        w,
        g,
        array(averages, slot, array),
        v,
        largest == null ? v : array(largest, slot, array),
        shrink,
        (float) options.decay(),
        (float) options.beta1(),
        (float) (1 - options.beta1()),
        (float) options.beta2(),
        (float) (1 - options.beta2()),
        correction,
        (float) options.eps(),
        stepSize,
        options.decoupledDecay() != 0,
        (float) options.decay() != 0,
        largest != null);
  }
}
