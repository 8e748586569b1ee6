package dev.gradpoet.processor.twin;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Tensor;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Compares numbers, by the largest of their kind: sums of many terms are as exact as their largest terms. */
final class Agreement {

  private static final Set<Net.Kind> CANCELLING =
      EnumSet.of(Net.Kind.LAYER_NORM, Net.Kind.MUL, Net.Kind.PRELU);

  private final Net net;
  private final double tolerance;
  private final double floor;
  private final List<String> failures;

  /** Numbers that are near each other for their size. */
  Agreement(Net net, List<String> failures) {
    this(net, net.dtype() == DType.FLOAT32 ? 3e-6 : 1e-13, 1e-6, failures);
  }

  /**
   * Numbers of networks that cancel what they compute, such as a softmax of softmaxes: small differences of larger ones. The twin itself is wrong
   * by 1e-14 in the tail of gelu. Norms subtract the mean of values that may be near each other, products are large values among small ones,
   * and the gradient of a single slope has no larger one beside it. Batch norms subtract means in the backward pass too, of as few as two samples.
   */
  static Agreement ofRandom(Net net, List<String> failures) {
    boolean cancels = net.nodes.stream().anyMatch(node -> CANCELLING.contains(node.kind()));
    double ofFloats = net.has(Net.Kind.BATCH_NORM) ? 1e-3 : cancels ? 3e-5 : 3e-6;
    return new Agreement(net, net.dtype() == DType.FLOAT32 ? ofFloats : 1e-10, 1e-2, failures);
  }

  private Agreement(Net net, double tolerance, double floor, List<String> failures) {
    this.net = net;
    this.tolerance = tolerance;
    this.floor = floor;
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
    double scale = floor;
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
