package dev.gradpoet.runtime.support;

import dev.gradpoet.runtime.Adagrad;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.RmsProp;
import dev.gradpoet.runtime.Sgd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An optimizer at work on parameters in {@code double}, with what it remembers of each: every value on its own, so any order of rows gives the same
 * bits.
 */
public abstract class DoubleOptimizer {

  /** The number of the array that holds the biases. */
  private static final int BIAS = -1;

  /** What is remembered, by PyTorch's name, a layer like each of the network's. */
  private final Map<String, List<DoubleLinear>> buffers = new LinkedHashMap<>();

  private final List<DoubleLinear> parameters;

  DoubleOptimizer(List<DoubleLinear> parameters) {
    this.parameters = parameters;
  }

  /**
   * The optimizer at work.
   *
   * @param optimizer what it computes
   * @param parameters the parameters, in order
   * @param kernel the generated update of an array by stochastic gradient descent
   */
  public static DoubleOptimizer of(
      Optimizer optimizer, List<DoubleLinear> parameters, DoubleSgd.Kernel kernel) {
    if (optimizer instanceof Sgd sgd) {
      return new DoubleSgd(sgd, parameters, kernel);
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
  final List<DoubleLinear> buffer(String name, double start) {
    List<DoubleLinear> buffer = new ArrayList<>();
    for (int layer = 0; layer < parameters.size(); layer++) {
      DoubleLinear zeros = parameters.get(layer).like();
      if (start != 0) {
        fill(zeros, start);
      }
      buffer.add(zeros);
    }
    buffers.put(name, buffer);
    return buffer;
  }

  private static void fill(DoubleLinear layer, double value) {
    double[] values = new double[layer.weight().size()];
    Arrays.fill(values, value);
    layer.weight().copyFrom(values);
    if (layer.b != null) {
      double[] biases = new double[layer.bias().size()];
      Arrays.fill(biases, value);
      layer.bias().copyFrom(biases);
    }
  }

  /** What is remembered, by PyTorch's name, the layers in order. */
  public final Map<String, List<DoubleLinear>> buffers() {
    return buffers;
  }

  /**
   * Updates all parameters.
   *
   * @param update the number of the update, from 1
   * @param learningRate its learning rate
   * @param gradients the gradient of each parameter
   */
  public final void update(long update, double learningRate, List<DoubleLinear> gradients) {
    begin(update, learningRate);
    for (int layer = 0; layer < parameters.size(); layer++) {
      DoubleLinear w = parameters.get(layer);
      DoubleLinear g = gradients.get(layer);
      for (int array = 0; array < w.w.length; array++) {
        update(layer, array, w, g);
      }
      if (w.b != null) {
        update(layer, BIAS, w.b, g.b, 0, w.biases());
      }
    }
  }

  /** Updates an array of the weight: all at once where no padding parts its rows. */
  void update(int layer, int array, DoubleLinear w, DoubleLinear g) {
    int length = w.w[array].length;
    boolean whole = w.values(array) == w.stride(array);
    int stride = whole ? length : w.stride(array);
    int values = whole ? length : w.values(array);
    for (int from = 0; from < length; from += stride) {
      update(layer, array, w.w[array], g.w[array], from, from + values);
    }
  }

  /** Prepares what all values of an update have in common. */
  abstract void begin(long update, double learningRate);

  /** Updates values of an array of the weight, or of the bias as array {@link #BIAS}: places {@code from} to {@code to - 1}, not padding. */
  abstract void update(int layer, int array, double[] w, double[] g, int from, int to);

  /** An array of a buffer. */
  static double[] array(List<DoubleLinear> buffer, int layer, int array) {
    DoubleLinear linear = buffer.get(layer);
    return array == BIAS ? linear.b : linear.w[array];
  }
}
