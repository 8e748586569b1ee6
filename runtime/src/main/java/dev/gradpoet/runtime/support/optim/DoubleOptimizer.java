package dev.gradpoet.runtime.support.optim;

import dev.gradpoet.runtime.Adagrad;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.AdamW;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.RmsProp;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.support.DoubleParameter;
import java.util.List;
import java.util.Map;

/**
 * An optimizer at work on parameters in {@code double}: takes its rule to every value on its own, so any order of rows gives the same bits.
 * Stochastic gradient descent is not among the rules: generated classes hold its code.
 */
public final class DoubleOptimizer {

  private final DoubleUpdateRule rule;

  private DoubleOptimizer(DoubleUpdateRule rule) {
    this.rule = rule;
  }

  /**
   * The optimizer at work.
   *
   * @param optimizer what it computes
   * @param parameters of the network, in order
   * @return null for {@link Sgd}
   */
  public static DoubleOptimizer of(Optimizer optimizer, List<DoubleParameter> parameters) {
    DoubleUpdateRule rule = rule(optimizer, parameters);
    return rule == null ? null : new DoubleOptimizer(rule);
  }

  private static DoubleUpdateRule rule(Optimizer optimizer, List<DoubleParameter> parameters) {
    if (optimizer instanceof Adam adam) {
      return new DoubleAdam(AdamOptions.of(adam), parameters);
    }
    if (optimizer instanceof AdamW adam) {
      return new DoubleAdam(AdamOptions.of(adam), parameters);
    }
    if (optimizer instanceof RmsProp rmsProp) {
      return new DoubleRmsProp(rmsProp, parameters);
    }
    return optimizer instanceof Adagrad adagrad ? new DoubleAdagrad(adagrad, parameters) : null;
  }

  /** What is remembered, by PyTorch's name, a slot a parameter in order. */
  public Map<String, List<DoubleParameter>> buffers() {
    return rule.buffers();
  }

  /**
   * Updates all parameters.
   *
   * @param update the number of the update, from 1
   * @param learningRate its learning rate
   * @param parameters of the network
   * @param gradients of the same parameters
   */
  public void update(
      long update,
      double learningRate,
      List<DoubleParameter> parameters,
      List<DoubleParameter> gradients) {
    rule.begin(update, learningRate);
    for (int slot = 0; slot < parameters.size(); slot++) {
      DoubleParameter w = parameters.get(slot);
      for (int array = 0; array < w.rows.length; array++) {
        update(slot, array, w, gradients.get(slot));
      }
    }
  }

  /** Updates an array of a parameter: all at once where no padding parts its rows. */
  private void update(int slot, int array, DoubleParameter w, DoubleParameter g) {
    int length = w.rows[array].length;
    boolean whole = w.values(array) == w.stride(array);
    int stride = whole ? length : w.stride(array);
    int values = whole ? length : w.values(array);
    for (int from = 0; from < length; from += stride) {
      rule.update(slot, array, w.rows[array], g.rows[array], from, from + values);
    }
  }
}
