package dev.gradpoet.runtime.support.optim;

import dev.gradpoet.runtime.support.DoubleLinear;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How an optimizer updates values in {@code double}, and what it remembers of each: every value on its own. */
abstract class DoubleUpdateRule {

  /** The number of the array that holds the biases. */
  static final int BIAS = -1;

  /** What is remembered, by PyTorch's name, a layer like each of the network's. */
  private final Map<String, List<DoubleLinear>> buffers = new LinkedHashMap<>();

  private final List<DoubleLinear> parameters;

  DoubleUpdateRule(List<DoubleLinear> parameters) {
    this.parameters = parameters;
  }

  /** A buffer that starts from a value. */
  final List<DoubleLinear> buffer(String name, double start) {
    List<DoubleLinear> buffer = new ArrayList<>();
    for (DoubleLinear layer : parameters) {
      DoubleLinear zeros = layer.like();
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
  final Map<String, List<DoubleLinear>> buffers() {
    return buffers;
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
