package dev.gradpoet.runtime.support;

import dev.gradpoet.runtime.Adagrad;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.RmsProp;
import dev.gradpoet.runtime.Sgd;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An optimizer at work on parameters in {@code double}, with what it remembers of each: every value on its own, so any order of rows gives the same
 * bits.
 */
public abstract class DoubleOptimizer {

  /** What is remembered, by PyTorch's name, a slot like each of the network's. */
  private final Map<String, List<DoubleParameter>> buffers = new LinkedHashMap<>();

  private final List<DoubleParameter> parameters;

  DoubleOptimizer(List<DoubleParameter> parameters) {
    this.parameters = parameters;
  }

  /**
   * The optimizer at work.
   *
   * @param optimizer what it computes
   * @param parameters of the network, in order
   * @param sgd the generated update of an array by stochastic gradient descent
   */
  public static DoubleOptimizer of(
      Optimizer optimizer, List<DoubleParameter> parameters, DoubleSgd.Kernel sgd) {
    if (optimizer instanceof Sgd descent) {
      return new DoubleSgd(descent, parameters, sgd);
    }
    if (optimizer instanceof Adam adam) {
      return new DoubleAdam(adam, parameters);
    }
    if (optimizer instanceof RmsProp rmsProp) {
      return new DoubleRmsProp(rmsProp, parameters);
    }
    return new DoubleAdagrad((Adagrad) optimizer, parameters);
  }

  /** A buffer that starts from a value. */
  final List<DoubleParameter> buffer(String name, double start) {
    List<DoubleParameter> buffer = new ArrayList<>();
    for (int slot = 0; slot < parameters.size(); slot++) {
      DoubleParameter zeros = parameters.get(slot).like();
      zeros.fill(start);
      buffer.add(zeros);
    }
    buffers.put(name, buffer);
    return buffer;
  }

  /** What is remembered, by PyTorch's name, a slot a parameter in order. */
  public final Map<String, List<DoubleParameter>> buffers() {
    return buffers;
  }

  /**
   * Updates all parameters.
   *
   * @param update the number of the update, from 1
   * @param learningRate its learning rate
   * @param gradients the gradient of each parameter
   */
  public final void update(long update, double learningRate, List<DoubleParameter> gradients) {
    begin(update, learningRate);
    for (int slot = 0; slot < parameters.size(); slot++) {
      DoubleParameter w = parameters.get(slot);
      for (int array = 0; array < w.rows.length; array++) {
        update(slot, array, w, gradients.get(slot));
      }
    }
  }

  /** Updates an array of a parameter: all at once where no padding parts its rows. */
  void update(int slot, int array, DoubleParameter w, DoubleParameter g) {
    int length = w.rows[array].length;
    boolean whole = w.matrix.values(array) == w.matrix.stride(array);
    int stride = whole ? length : w.matrix.stride(array);
    int values = whole ? length : w.matrix.values(array);
    for (int from = 0; from < length; from += stride) {
      update(slot, array, w.rows[array], g.rows[array], from, from + values);
    }
  }

  /** Prepares what all values of an update have in common. */
  abstract void begin(long update, double learningRate);

  /** Updates values of an array of a parameter: places {@code from} to {@code to - 1}, not padding. */
  abstract void update(int slot, int array, double[] w, double[] g, int from, int to);

  /** An array of a buffer. */
  static double[] array(List<DoubleParameter> buffer, int slot, int array) {
    return buffer.get(slot).rows[array];
  }
}
