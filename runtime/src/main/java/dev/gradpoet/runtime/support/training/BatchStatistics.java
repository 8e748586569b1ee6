package dev.gradpoet.runtime.support.training;

/**
 * The statistics of a batch norm in training: sums over the rows in order, each value of a row by itself. The rows are samples or, of signals and
 * images, the channels of each position of each sample. What the norm keeps of a batch are rows as wide as these: the {@link #MEAN}, the {@link
 * #SCALE}, in the backward pass the {@link #SLOPE}, and of signals and images the {@link #REST}.
 */
public final class BatchStatistics {

  /** The row of means: of the samples, and then of the gradients of the normalized values. */
  public static final int MEAN = 0;

  /** The row of {@code 1 / sqrt(variance + eps)}. */
  public static final int SCALE = 1;

  /** The row of means of {@code dy xhat}, the gradients times the normalized values. */
  public static final int SLOPE = 2;

  /**
   * The row that compensates for rounding, if there is one (<a href="https://en.wikipedia.org/wiki/Kahan_summation_algorithm">Kahan's sums</a>): a batch
   * of images has so many positions, often of nearly the same value, that a plain sum of them in {@code float} can be wrong by a percent of the
   * deviation.
   */
  public static final int REST = 3;

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
