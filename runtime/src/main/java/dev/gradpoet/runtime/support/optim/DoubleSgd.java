package dev.gradpoet.runtime.support.optim;

import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.support.DoubleParameter;
import java.util.List;

/** {@link Sgd} in {@code double}: the formula there, computed by the kernel of the generated class, which takes whole arrays with their padding. */
public final class DoubleSgd extends DoubleUpdateRule {

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
    void update(Sgd sgd, double lr, boolean first, double[] w, double[] g, double[] v);
  }

  private final Sgd options;
  private final Kernel kernel;

  /** The momentum, null without. */
  private final List<DoubleParameter> momenta;

  private double learningRate;
  private boolean first;

  DoubleSgd(Sgd options, List<DoubleParameter> parameters, Kernel kernel) {
    super(parameters);
    this.options = options;
    this.kernel = kernel;
    momenta = options.momentum() == 0 ? null : buffer("momentum_buffer", 0);
  }

  @Override
  void begin(long update, double learningRate) {
    this.learningRate = learningRate;
    this.first = update == 1;
  }

  @Override
  void update(int slot, int array, DoubleParameter w, DoubleParameter g) {
    update(slot, array, w.rows[array], g.rows[array], 0, w.rows[array].length);
  }

  @Override
  void update(int slot, int array, double[] w, double[] g, int from, int to) {
    double[] v = momenta == null ? null : array(momenta, slot, array);
    kernel.update(options, learningRate, first, w, g, v);
  }
}
