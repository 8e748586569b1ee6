package dev.gradpoet.runtime.support.optim;

import dev.gradpoet.runtime.support.FloatParameter;
import dev.gradpoet.runtime.support.parallel.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How an optimizer updates values in {@code float}, and what it remembers of each: every value on its own. */
abstract class FloatUpdateRule {

  /** What is remembered, by PyTorch's name, a slot like each of the network's. */
  private final Map<String, List<FloatParameter>> buffers = new LinkedHashMap<>();

  private final List<FloatParameter> parameters;

  /** The loops over arrays. */
  final FloatUpdates updates;

  FloatUpdateRule(List<FloatParameter> parameters, FloatUpdates updates) {
    this.parameters = parameters;
    this.updates = updates;
  }

  /** Whether whole arrays are updated, padding included, which may then hold anything. */
  boolean takesPadding() {
    return updates.takesPadding();
  }

  /** A buffer that starts from a value. */
  final List<FloatParameter> buffer(String name, double start) {
    List<FloatParameter> buffer = new ArrayList<>();
    for (FloatParameter parameter : parameters) {
      FloatParameter zeros = parameter.like();
      zeros.fill((float) start);
      buffer.add(zeros);
    }
    buffers.put(name, buffer);
    return buffer;
  }

  /** What is remembered, by PyTorch's name, a slot a parameter in order. */
  final Map<String, List<FloatParameter>> buffers() {
    return buffers;
  }

  /** Prepares what all values of an update have in common. */
  abstract void begin(long update, double learningRate);

  /** Updates a part of an array of a parameter: all at once where no padding parts its rows, or the rule takes it. */
  final void update(int slot, int array, FloatParameter w, FloatParameter g, Part part) {
    int length = w.rows[array].length;
    if (takesPadding() || w.values(array) == w.stride(array)) {
      int from = part.from(length, FloatParameter.PADDED);
      int to = part.to(length, FloatParameter.PADDED);
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
  abstract void update(int slot, int array, float[] w, float[] g, int from, int to);

  /** An array of a buffer. */
  static float[] array(List<FloatParameter> buffer, int slot, int array) {
    return buffer.get(slot).rows[array];
  }
}
