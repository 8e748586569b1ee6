package dev.gradpoet.benchmarks.report;

import java.util.Arrays;

/**
 * The times of one contender for a task.
 *
 * @param task the task
 * @param contender the contender
 * @param nanoseconds the time per call, for each fork that of its fastest iteration
 * @param bytes the bytes allocated on the Java heap per call; NaN if not measured
 */
public record Measurement(Task task, Contender contender, double[] nanoseconds, double bytes) {

  /** The time of the fastest fork: other processes of the machine can only slow a fork down. */
  public double time() {
    return Arrays.stream(nanoseconds).min().orElseThrow();
  }

  /** How much longer the slowest fork took, as a fraction. */
  public double spread() {
    return Arrays.stream(nanoseconds).max().orElseThrow() / time() - 1;
  }
}
