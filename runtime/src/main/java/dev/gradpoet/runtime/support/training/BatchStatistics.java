package dev.gradpoet.runtime.support.training;

/**
 * The statistics of a batch norm of vectors in training: sums over the samples in order, each value of a row by itself. What the norm keeps of a batch are
 * three rows as wide as a sample: the {@link #MEAN}, the {@link #SCALE}, and in the backward pass the {@link #SLOPE}.
 */
public final class BatchStatistics {

  /** The row of means: of the samples, and then of the gradients of the normalized values. */
  public static final int MEAN = 0;

  /** The row of {@code 1 / sqrt(variance + eps)}. */
  public static final int SCALE = 1;

  /** The row of means of {@code dy xhat}, the gradients times the normalized values. */
  public static final int SLOPE = 2;

  private BatchStatistics() {}

  /**
   * Checks that a batch has statistics.
   *
   * @param layer the name of a batch norm whose samples are one row
   * @param n the number of rows
   * @param frozen whether the norm uses its running statistics
   * @throws IllegalArgumentException if it has a single row
   */
  public static void requireRows(String layer, int n, boolean frozen) {
    if (n == 1 && !frozen) {
      throw new IllegalArgumentException(
          "the batch has 1 row, expected at least 2: the batch norm \"" + layer
              + "\" normalizes by the variance of the batch in training");
    }
  }
}
