package dev.gradpoet.runtime.support.optim;

import dev.gradpoet.runtime.Adagrad;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.AdamW;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.RmsProp;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.support.DoubleLinear;
import java.util.ArrayList;
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
   * @param layers the layers of the network, in order
   * @return null for {@link Sgd}
   */
  public static DoubleOptimizer of(Optimizer optimizer, List<Layer> layers) {
    List<DoubleLinear> parameters = new ArrayList<>();
    for (Layer layer : layers) {
      if (layer instanceof DoubleLinear linear) {
        parameters.add(linear);
      }
    }
    DoubleUpdateRule rule = rule(optimizer, parameters);
    return rule == null ? null : new DoubleOptimizer(rule);
  }

  private static DoubleUpdateRule rule(Optimizer optimizer, List<DoubleLinear> parameters) {
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

  /** What is remembered, by PyTorch's name, the layers in order. */
  public Map<String, List<DoubleLinear>> buffers() {
    return rule.buffers();
  }

  /**
   * Updates all parameters.
   *
   * @param update the number of the update, from 1
   * @param learningRate its learning rate
   * @param layers the layers of the network
   * @param gradients the same layers with their gradients
   */
  public void update(long update, double learningRate, List<Layer> layers, List<Layer> gradients) {
    rule.begin(update, learningRate);
    int place = 0;
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i) instanceof DoubleLinear w) {
        DoubleLinear g = (DoubleLinear) gradients.get(i);
        for (int array = 0; array < w.w.length; array++) {
          update(place, array, w, g);
        }
        if (w.b != null) {
          rule.update(place, DoubleUpdateRule.BIAS, w.b, g.b, 0, w.biases());
        }
        place++;
      }
    }
  }

  /** Updates an array of the weight: all at once where no padding parts its rows. */
  private void update(int layer, int array, DoubleLinear w, DoubleLinear g) {
    int length = w.w[array].length;
    boolean whole = w.values(array) == w.stride(array);
    int stride = whole ? length : w.stride(array);
    int values = whole ? length : w.values(array);
    for (int from = 0; from < length; from += stride) {
      rule.update(layer, array, w.w[array], g.w[array], from, from + values);
    }
  }
}
