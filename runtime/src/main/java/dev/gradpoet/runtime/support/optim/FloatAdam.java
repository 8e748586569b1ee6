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

  FloatAdam(AdamOptions options, List<FloatParameter> parameters) {
    super(parameters);
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
    float[] m = array(averages, slot, array);
    float[] v = array(squares, slot, array);
    float[] s = largest == null ? v : array(largest, slot, array);
    float beta1 = (float) options.beta1();
    float share1 = (float) (1 - options.beta1());
    float beta2 = (float) options.beta2();
    float share2 = (float) (1 - options.beta2());
    float eps = (float) options.eps();
    float decay = (float) options.decay();
    boolean shrinks = options.decoupledDecay() != 0;
    boolean decays = decay != 0;
    boolean amsgrad = largest != null;
    for (int j = from; j < to; j++) {
      float x = shrinks ? w[j] * shrink : w[j];
      float d = decays ? Math.fma(decay, x, g[j]) : g[j];
      m[j] = Math.fma(beta1, m[j], share1 * d);
      v[j] = Math.fma(beta2, v[j], share2 * d * d);
      if (amsgrad) {
        s[j] = Math.max(s[j], v[j]);
      }
      float denominator = (float) Math.sqrt(amsgrad ? s[j] : v[j]) / correction + eps;
      // not 0 / 0, without eps
      w[j] = m[j] == 0f ? x : Math.fma(-stepSize, m[j] / denominator, x);
    }
  }
}
