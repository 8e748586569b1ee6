package dev.gradpoet.runtime.support.optim;

import dev.gradpoet.runtime.support.DoubleParameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How an optimizer updates values in {@code double}, and what it remembers of each: every value on its own. */
abstract class DoubleUpdateRule {

  /** What is remembered, by PyTorch's name, a slot like each of the network's. */
  private final Map<String, List<DoubleParameter>> buffers = new LinkedHashMap<>();

  private final List<DoubleParameter> parameters;

  DoubleUpdateRule(List<DoubleParameter> parameters) {
    this.parameters = parameters;
  }

  /** A buffer that starts from a value. */
  final List<DoubleParameter> buffer(String name, double start) {
    List<DoubleParameter> buffer = new ArrayList<>();
    for (DoubleParameter parameter : parameters) {
      DoubleParameter zeros = parameter.like();
      zeros.fill(start);
      buffer.add(zeros);
    }
    buffers.put(name, buffer);
    return buffer;
  }

  /** What is remembered, by PyTorch's name, a slot a parameter in order. */
  final Map<String, List<DoubleParameter>> buffers() {
    return buffers;
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
