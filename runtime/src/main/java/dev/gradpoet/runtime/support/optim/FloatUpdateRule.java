package dev.gradpoet.runtime.support.optim;

import dev.gradpoet.runtime.support.FloatLinear;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How an optimizer updates values in {@code float}, and what it remembers of each: every value on its own. */
abstract class FloatUpdateRule {

  /** The number of the array that holds the biases. */
  static final int BIAS = -1;

  /** What is remembered, by PyTorch's name, a layer like each of the network's. */
  private final Map<String, List<FloatLinear>> buffers = new LinkedHashMap<>();

  private final List<FloatLinear> parameters;

  FloatUpdateRule(List<FloatLinear> parameters) {
    this.parameters = parameters;
  }

  /** A buffer that starts from a value. */
  final List<FloatLinear> buffer(String name, double start) {
    List<FloatLinear> buffer = new ArrayList<>();
    for (FloatLinear layer : parameters) {
      FloatLinear zeros = layer.like();
      if (start != 0) {
        fill(zeros, start);
      }
      buffer.add(zeros);
    }
    buffers.put(name, buffer);
    return buffer;
  }

  private static void fill(FloatLinear layer, double value) {
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
  final Map<String, List<FloatLinear>> buffers() {
    return buffers;
  }

  /** Prepares what all values of an update have in common. */
  abstract void begin(long update, double learningRate);

  /** Updates values of an array of the weight, or of the bias as array {@link #BIAS}: places {@code from} to {@code to - 1}, not padding. */
  abstract void update(int layer, int array, float[] w, float[] g, int from, int to);

  /** An array of a buffer. */
  static float[] array(List<FloatLinear> buffer, int layer, int array) {
    FloatLinear linear = buffer.get(layer);
    return array == BIAS ? linear.b : linear.w[array];
  }
}
