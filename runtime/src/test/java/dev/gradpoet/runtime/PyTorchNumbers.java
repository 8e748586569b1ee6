package dev.gradpoet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;

/** The inputs of comparisons with PyTorch 1.13, and their tolerance. */
final class PyTorchNumbers {

  static final Tensor LOGITS = Tensor.of(new float[][] {{0.5f, -1.25f, 3}, {2, 2, -0.75f}});

  static final Tensor TARGETS = Tensor.of(new float[][] {{0, 1, 0.5f}, {1, 0.25f, 0}});

  private PyTorchNumbers() {}

  static Tensor scalar(long value) {
    return Tensor.of(new long[] {value}, new int[0]);
  }

  /** Within PyTorch's float32 rounding: 1e-6 relative. */
  static void close(Tensor actual, double... expected) {
    double[] values = actual.toDoubleArray();
    assertThat(values).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(values[i]).isCloseTo(expected[i], Offset.offset(1e-6 * Math.abs(expected[i])));
    }
  }
}
