package dev.gradpoet.runtime.support.optim;

import dev.gradpoet.runtime.Adagrad;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.AdamW;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.RmsProp;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.support.FloatParameter;
import java.util.List;
import java.util.Map;

/**
 * An optimizer at work on parameters in {@code float}: takes its rule to every value on its own, so any order of rows gives the same bits.
 * Stochastic gradient descent is not among the rules: generated classes hold its code.
 */
public final class FloatOptimizer {

  private final FloatUpdateRule rule;

  private FloatOptimizer(FloatUpdateRule rule) {
    this.rule = rule;
  }

  /**
   * The optimizer at work.
   *
   * @param optimizer what it computes
   * @param parameters of the network, in order
   * @return null for {@link Sgd}
   */
  public static FloatOptimizer of(Optimizer optimizer, List<FloatParameter> parameters) {
    FloatUpdateRule rule = rule(optimizer, parameters);
    return rule == null ? null : new FloatOptimizer(rule);
  }

  private static FloatUpdateRule rule(Optimizer optimizer, List<FloatParameter> parameters) {
    if (optimizer instanceof Adam adam) {
      return new FloatAdam(AdamOptions.of(adam), parameters);
    }
    if (optimizer instanceof AdamW adam) {
      return new FloatAdam(AdamOptions.of(adam), parameters);
    }
    if (optimizer instanceof RmsProp rmsProp) {
      return new FloatRmsProp(rmsProp, parameters);
    }
    return optimizer instanceof Adagrad adagrad ? new FloatAdagrad(adagrad, parameters) : null;
  }

  /** What is remembered, by PyTorch's name, a slot a parameter in order. */
  public Map<String, List<FloatParameter>> buffers() {
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
      List<FloatParameter> parameters,
      List<FloatParameter> gradients) {
    rule.begin(update, learningRate);
    for (int slot = 0; slot < parameters.size(); slot++) {
      FloatParameter w = parameters.get(slot);
      for (int array = 0; array < w.rows.length; array++) {
        update(slot, array, w, gradients.get(slot));
      }
    }
  }

  /** Updates an array of a parameter: all at once where no padding parts its rows. */
  private void update(int slot, int array, FloatParameter w, FloatParameter g) {
    int length = w.rows[array].length;
    boolean whole = w.values(array) == w.stride(array);
    int stride = whole ? length : w.stride(array);
    int values = whole ? length : w.values(array);
    for (int from = 0; from < length; from += stride) {
      rule.update(slot, array, w.rows[array], g.rows[array], from, from + values);
    }
  }
}
