package dev.gradpoet.benchmarks.report;

import dev.gradpoet.benchmarks.Shape;
import java.util.Arrays;

/**
 * The time of one system for one kind of work on one network.
 *
 * @param kind the work
 * @param shape the network
 * @param system the system
 * @param nanoseconds the time per call, for each fork that of its fastest iteration
 * @param bytes the bytes allocated on the Java heap per call; NaN if not measured
 */
public record Measurement(
    Kind kind, Shape shape, String system, double[] nanoseconds, double bytes) {

  /** Gradpoet with vector kernels. */
  public static final String GRADPOET = "Gradpoet";

  /** What is added to the name of a system that is measured on two threads. */
  public static final String ON_TWO_THREADS = ", two threads";

  /** Gradpoet without the Vector API. */
  public static final String PLAIN = "plain kernels";

  /** The median of the forks, the lower one if their number is even. */
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
