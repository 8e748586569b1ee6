package dev.gradpoet.runtime.support.optim;

import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.support.FloatParameter;
import java.util.List;

/** {@link Sgd} in {@code float}: the formula there, computed by the kernel of the generated class, which takes whole arrays with their padding. */
public final class FloatSgd extends FloatUpdateRule {

  /** The generated update of an array of parameters. */
  public interface Kernel {

    /**
     * Updates an array of parameters.
     *
     * @param sgd the options
     * @param lr the learning rate
     * @param first whether this is the first update, which sets the momentum
     * @param w the parameters
     * @param g their gradients
     * @param v their momentum, null without
     */
    void update(Sgd sgd, float lr, boolean first, float[] w, float[] g, float[] v);
  }

  private final Sgd options;
  private final Kernel kernel;

  /** The momentum, null without. */
  private final List<FloatParameter> momenta;

  private float learningRate;
  private boolean first;

  FloatSgd(Sgd options, List<FloatParameter> parameters, Kernel kernel) {
    super(parameters);
    this.options = options;
    this.kernel = kernel;
    momenta = options.momentum() == 0 ? null : buffer("momentum_buffer", 0);
  }

  @Override
  void begin(long update, double learningRate) {
    this.learningRate = (float) learningRate;
    this.first = update == 1;
  }

  @Override
  void update(int slot, int array, FloatParameter w, FloatParameter g) {
    update(slot, array, w.rows[array], g.rows[array], 0, w.rows[array].length);
  }

  @Override
  void update(int slot, int array, float[] w, float[] g, int from, int to) {
    float[] v = momenta == null ? null : array(momenta, slot, array);
    kernel.update(options, learningRate, first, w, g, v);
  }
}
