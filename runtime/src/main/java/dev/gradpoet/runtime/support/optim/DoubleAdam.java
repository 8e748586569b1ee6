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

  DoubleAdam(AdamOptions options, List<DoubleParameter> parameters) {
    super(parameters);
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
    double[] m = array(averages, slot, array);
    double[] v = array(squares, slot, array);
    double[] s = largest == null ? v : array(largest, slot, array);
    double beta1 = options.beta1();
    double share1 = (1 - options.beta1());
    double beta2 = options.beta2();
    double share2 = (1 - options.beta2());
    double eps = options.eps();
    double decay = options.decay();
    boolean shrinks = options.decoupledDecay() != 0;
    boolean decays = decay != 0;
    boolean amsgrad = largest != null;
    for (int j = from; j < to; j++) {
      double x = shrinks ? w[j] * shrink : w[j];
      double d = decays ? Math.fma(decay, x, g[j]) : g[j];
      m[j] = Math.fma(beta1, m[j], share1 * d);
      v[j] = Math.fma(beta2, v[j], share2 * d * d);
      if (amsgrad) {
        s[j] = Math.max(s[j], v[j]);
      }
      double denominator = Math.sqrt(amsgrad ? s[j] : v[j]) / correction + eps;
      // not 0 / 0, without eps
      w[j] = m[j] == 0.0 ? x : Math.fma(-stepSize, m[j] / denominator, x);
    }
  }
}
