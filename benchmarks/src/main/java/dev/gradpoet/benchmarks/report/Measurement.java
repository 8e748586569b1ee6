package dev.gradpoet.benchmarks.report;

import dev.gradpoet.benchmarks.Shape;
import java.util.Arrays;

/**
 * What one system needs for one kind of work on one shape.
 *
 * @param kind the work
 * @param shape the network
 * @param system who did it
 * @param nanoseconds a call, the mean of each fork
 * @param bytes allocated on the Java heap a call; NaN where it was not measured
 */
public record Measurement(
    Kind kind, Shape shape, String system, double[] nanoseconds, double bytes) {

  /** Ours, with vector kernels. */
  public static final String GRADPOET = "Gradpoet";

  /** Ours where there is no Vector API. */
  public static final String PLAIN = "plain kernels";

  /** The middle of the forks, the lower of two. */
  public double median() {
    double[] sorted = sorted();
    return sorted[(sorted.length - 1) / 2];
  }

  /** The fastest fork. */
  public double min() {
    return sorted()[0];
  }

  /** The slowest fork. */
  public double max() {
    return sorted()[nanoseconds.length - 1];
  }

  private double[] sorted() {
    double[] sorted = nanoseconds.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
