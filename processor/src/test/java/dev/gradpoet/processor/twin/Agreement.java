package dev.gradpoet.processor.twin;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Tensor;
import java.util.Arrays;
import java.util.List;

/** Compares numbers, by the largest of their kind: sums of many terms are as exact as their largest terms. */
final class Agreement {

  private final Net net;
  private final double tolerance;
  private final List<String> failures;

  Agreement(Net net, List<String> failures) {
    this.net = net;
    this.tolerance = net.dtype() == DType.FLOAT32 ? 3e-6 : 1e-13;
    this.failures = failures;
  }

  void check(String what, double actual, double expected) {
    check(what, new double[] {actual}, new double[] {expected});
  }

  void check(String what, Tensor actual, double[][] expected) {
    check(
        what,
        actual.toDoubleArray(),
        Arrays.stream(expected).flatMapToDouble(Arrays::stream).toArray());
  }

  void check(String what, double[] actual, double[] expected) {
    if (actual.length != expected.length) {
      failures.add(net + " " + what + ": " + actual.length + " values, not " + expected.length);
      return;
    }
    double scale = 1e-6;
    for (double each : expected) {
      scale = Math.max(scale, Math.abs(each));
    }
    for (int i = 0; i < actual.length; i++) {
      if (!(Math.abs(actual[i] - expected[i]) <= tolerance * scale)) {
        failures.add(net + " " + what + "[" + i + "]: " + actual[i] + ", not " + expected[i]);
        return;
      }
    }
  }
}
