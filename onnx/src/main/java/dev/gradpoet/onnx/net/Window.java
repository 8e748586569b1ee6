package dev.gradpoet.onnx.net;

import java.util.ArrayList;
import java.util.List;

/**
 * How a convolution or a pooling moves over its input, one number a spatial dimension.
 *
 * @param begin the padding before the first value
 * @param end the padding after the last
 */
public record Window(
    List<Integer> kernel,
    List<Integer> stride,
    List<Integer> begin,
    List<Integer> end,
    List<Integer> dilation) {

  /** Copies the lists. */
  public Window {
    kernel = List.copyOf(kernel);
    stride = List.copyOf(stride);
    begin = List.copyOf(begin);
    end = List.copyOf(end);
    dilation = List.copyOf(dilation);
  }

  /** How many values of a dimension the kernel spans. */
  public long covered(int d) {
    return (long) dilation.get(d) * (kernel.get(d) - 1) + 1;
  }

  /** The size of a dimension of the output, below 1 if the kernel does not fit. */
  public long output(int d, int size) {
    return Math.floorDiv((long) size + begin.get(d) + end.get(d) - covered(d), stride.get(d)) + 1;
  }

  /** Whether nothing is padded. */
  public boolean isUnpadded() {
    return shortPadding().stream().allMatch(value -> value == 0);
  }

  /** The padding as a person writes it: one number a dimension, or all begins and then all ends where they differ. */
  public List<Integer> shortPadding() {
    if (begin.equals(end)) {
      return begin;
    }
    List<Integer> all = new ArrayList<>(begin);
    all.addAll(end);
    return all;
  }
}
