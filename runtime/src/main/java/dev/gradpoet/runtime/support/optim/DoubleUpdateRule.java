package dev.gradpoet.runtime.support.optim;

import dev.gradpoet.runtime.support.DoubleParameter;
import dev.gradpoet.runtime.support.parallel.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How an optimizer updates values in {@code double}, and what it remembers of each: every value on its own. */
abstract class DoubleUpdateRule {

  /** What is remembered, by PyTorch's name, a slot like each of the network's. */
  private final Map<String, List<DoubleParameter>> buffers = new LinkedHashMap<>();

  private final List<DoubleParameter> parameters;

  /** The loops over arrays. */
  final DoubleUpdates updates;

  DoubleUpdateRule(List<DoubleParameter> parameters, DoubleUpdates updates) {
    this.parameters = parameters;
    this.updates = updates;
  }

  /** Whether whole arrays are updated, padding included, which may then hold anything. */
  boolean takesPadding() {
    return updates.takesPadding();
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

  /** Updates a part of an array of a parameter: all at once where no padding parts its rows, or the rule takes it. */
  final void update(int slot, int array, DoubleParameter w, DoubleParameter g, Part part) {
    int length = w.rows[array].length;
    if (takesPadding() || w.values(array) == w.stride(array)) {
      int from = part.from(length, DoubleParameter.PADDED);
      int to = part.to(length, DoubleParameter.PADDED);
      update(slot, array, w.rows[array], g.rows[array], from, to);
      return;
    }
    int stride = w.stride(array);
    int end = part.to(length, stride);
    for (int from = part.from(length, stride); from < end; from += stride) {
      update(slot, array, w.rows[array], g.rows[array], from, from + w.values(array));
    }
  }

  /** Updates values of an array of a parameter: places {@code from} to {@code to - 1}. */
  abstract void update(int slot, int array, double[] w, double[] g, int from, int to);

  /** An array of a buffer. */
  static double[] array(List<DoubleParameter> buffer, int slot, int array) {
    return buffer.get(slot).rows[array];
  }
}
