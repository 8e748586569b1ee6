package dev.gradpoet.runtime.support.optim;

/**
 * The updates in plain Java. Each loop is what the processor prints for the program of the update, from which the loops in vectors of generated classes
 * come, too; a test of the processor compares them.
 */
public final class DoublePlainUpdates implements DoubleUpdates {

  /** Has no state. */
  public DoublePlainUpdates() {}

  @Override
  public boolean takesPadding() {
    return false;
  }

  @Override
  public void sgd(
      int from,
      int to,
      double[] w,
      double[] g,
      double[] m,
      double decay,
      double momentum,
      double share,
      double learningRate,
      boolean maximize,
      boolean decays,
      boolean remembers,
      boolean first,
      boolean nesterov) {
    for (int j = from; j < to; j++) {
      double gradient = maximize ? -g[j] : g[j];
      double d = decays ? Math.fma(decay, w[j], gradient) : gradient;
      if (remembers) {
        m[j] = first ? d : Math.fma(momentum, m[j], share * d);
      }
      double step = remembers ? (nesterov ? Math.fma(momentum, m[j], d) : m[j]) : d;
      w[j] = Math.fma(-learningRate, step, w[j]);
    }
  }

  @Override
  public void adam(
      int from,
      int to,
      double[] w,
      double[] g,
      double[] m,
      double[] v,
      double[] s,
      double shrink,
      double decay,
      double beta1,
      double share1,
      double beta2,
      double share2,
      double correction,
      double eps,
      double stepSize,
      boolean shrinks,
      boolean decays,
      boolean amsgrad) {
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

  @Override
  public void rmsProp(
      int from,
      int to,
      double[] w,
      double[] g,
      double[] v,
      double[] a,
      double[] m,
      double decay,
      double alpha,
      double share,
      double eps,
      double momentum,
      double learningRate,
      boolean decays,
      boolean centered,
      boolean remembers) {
    for (int j = from; j < to; j++) {
      double d = decays ? Math.fma(decay, w[j], g[j]) : g[j];
      v[j] = Math.fma(alpha, v[j], share * d * d);
      if (centered) {
        a[j] = Math.fma(alpha, a[j], share * d);
      }
      double square = centered ? Math.fma(-a[j], a[j], v[j]) : v[j];
      // not 0 / 0, without eps
      double step = d == 0.0 ? 0.0 : d / (Math.sqrt(square) + eps);
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
      double[] w,
      double[] g,
      double[] v,
      double decay,
      double eps,
      double learningRate,
      boolean decays) {
    for (int j = from; j < to; j++) {
      double d = decays ? Math.fma(decay, w[j], g[j]) : g[j];
      v[j] = Math.fma(d, d, v[j]);
      // not 0 / 0, without eps
      double step = d == 0.0 ? 0.0 : d / (Math.sqrt(v[j]) + eps);
      w[j] = Math.fma(-learningRate, step, w[j]);
    }
  }
}
