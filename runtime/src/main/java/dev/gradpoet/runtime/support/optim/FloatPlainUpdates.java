package dev.gradpoet.runtime.support.optim;

/**
 * The updates in plain Java. Each loop is what the processor prints for the program of the update, from which the loops in vectors of generated classes
 * come, too; a test of the processor compares them.
 */
public final class FloatPlainUpdates implements FloatUpdates {

  /** Has no state. */
  public FloatPlainUpdates() {}

  @Override
  public boolean takesPadding() {
    return false;
  }

  @Override
  public void sgd(
      int from,
      int to,
      float[] w,
      float[] g,
      float[] m,
      float decay,
      float momentum,
      float share,
      float learningRate,
      boolean maximize,
      boolean decays,
      boolean remembers,
      boolean first,
      boolean nesterov) {
    for (int j = from; j < to; j++) {
      float gradient = maximize ? -g[j] : g[j];
      float d = decays ? Math.fma(decay, w[j], gradient) : gradient;
      if (remembers) {
        m[j] = first ? d : Math.fma(momentum, m[j], share * d);
      }
      float step = remembers ? (nesterov ? Math.fma(momentum, m[j], d) : m[j]) : d;
      w[j] = Math.fma(-learningRate, step, w[j]);
    }
  }

  @Override
  public void adam(
      int from,
      int to,
      float[] w,
      float[] g,
      float[] m,
      float[] v,
      float[] s,
      float shrink,
      float decay,
      float beta1,
      float share1,
      float beta2,
      float share2,
      float correction,
      float eps,
      float stepSize,
      boolean shrinks,
      boolean decays,
      boolean amsgrad) {
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

  @Override
  public void rmsProp(
      int from,
      int to,
      float[] w,
      float[] g,
      float[] v,
      float[] a,
      float[] m,
      float decay,
      float alpha,
      float share,
      float eps,
      float momentum,
      float learningRate,
      boolean decays,
      boolean centered,
      boolean remembers) {
    for (int j = from; j < to; j++) {
      float d = decays ? Math.fma(decay, w[j], g[j]) : g[j];
      v[j] = Math.fma(alpha, v[j], share * d * d);
      if (centered) {
        a[j] = Math.fma(alpha, a[j], share * d);
      }
      float square = centered ? Math.fma(-a[j], a[j], v[j]) : v[j];
      // not 0 / 0, without eps
      float step = d == 0f ? 0f : d / ((float) Math.sqrt(square) + eps);
      if (remembers) {
        m[j] = Math.fma(momentum, m[j], step);
      }
      w[j] = Math.fma(-learningRate, remembers ? m[j] : step, w[j]);
    }
  }

  @Override
  public void adagrad(
      int from,
      int to,
      float[] w,
      float[] g,
      float[] v,
      float decay,
      float eps,
      float learningRate,
      boolean decays) {
    for (int j = from; j < to; j++) {
      float d = decays ? Math.fma(decay, w[j], g[j]) : g[j];
      v[j] = Math.fma(d, d, v[j]);
      // not 0 / 0, without eps
      float step = d == 0f ? 0f : d / ((float) Math.sqrt(v[j]) + eps);
      w[j] = Math.fma(-learningRate, step, w[j]);
    }
  }
}
