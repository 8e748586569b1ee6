package dev.gradpoet.runtime.support.optim;

import dev.gradpoet.runtime.Adagrad;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.AdamW;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.RmsProp;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.support.DoubleParameter;
import dev.gradpoet.runtime.support.parallel.Part;
import java.util.List;
import java.util.Map;

/** An optimizer at work on parameters in {@code double}: takes its rule to every value on its own, so any order of rows gives the same bits. */
public final class DoubleOptimizer {

  private final List<DoubleParameter> parameters;
  private final DoubleUpdateRule rule;

  private DoubleOptimizer(List<DoubleParameter> parameters, DoubleUpdateRule rule) {
    this.parameters = parameters;
    this.rule = rule;
  }

  /**
   * The optimizer at work.
   *
   * @param optimizer what it computes
   * @param parameters of the network, in order
   * @param updates the loops over arrays: in plain Java, or those of a generated class in vectors
   */
  public static DoubleOptimizer of(
      Optimizer optimizer, List<DoubleParameter> parameters, DoubleUpdates updates) {
    return new DoubleOptimizer(parameters, rule(optimizer, parameters, updates));
  }

  private static DoubleUpdateRule rule(
      Optimizer optimizer, List<DoubleParameter> parameters, DoubleUpdates updates) {
    if (optimizer instanceof Sgd sgd) {
      return new DoubleSgd(sgd, parameters, updates);
    }
    if (optimizer instanceof Adam adam) {
      return new DoubleAdam(AdamOptions.of(adam), parameters, updates);
    }
    if (optimizer instanceof AdamW adam) {
      return new DoubleAdam(AdamOptions.of(adam), parameters, updates);
    }
    if (optimizer instanceof RmsProp rmsProp) {
      return new DoubleRmsProp(rmsProp, parameters, updates);
    }
    return new DoubleAdagrad((Adagrad) optimizer, parameters, updates);
  }

  /** What is remembered, by PyTorch's name, a slot a parameter in order. */
  public Map<String, List<DoubleParameter>> buffers() {
    return rule.buffers();
  }

  /**
   * Updates a part of all parameters. The parts wait for each other wherever the number of the update changes.
   *
   * @param update the number of the update, from 1
   * @param learningRate its learning rate
   * @param gradients the gradient of each parameter
   * @param freezing what is or was frozen; null if nothing ever was
   * @param part the part; {@link Part#WHOLE} of a single thread
   */
  public void update(
      long update,
      double learningRate,
      List<DoubleParameter> gradients,
      Freezing freezing,
      Part part) {
    long begun = 0;
    for (int slot = 0; slot < parameters.size(); slot++) {
      if (freezing != null && freezing.isFrozen(slot)) {
        continue;
      }
      long own = freezing == null ? update : freezing.own(slot, update);
      if (own != begun) {
        begin(own, learningRate, part);
        begun = own;
      }
      DoubleParameter w = parameters.get(slot);
      for (int array = 0; array < w.rows.length; array++) {
        rule.update(slot, array, w, gradients.get(slot), part);
      }
    }
  }

  /** Computes what the following values have in common, when no part needs any more what the values before had. */
  private void begin(long own, double learningRate, Part part) {
    part.sync();
    if (part.index() == 0) {
      rule.begin(own, learningRate);
    }
    part.sync();
  }
}
