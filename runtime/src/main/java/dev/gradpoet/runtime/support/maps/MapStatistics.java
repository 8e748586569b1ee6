package dev.gradpoet.runtime.support.maps;

/**
 * The statistics of a batch norm of signals or images in training: of each channel over the samples in order, in the dtype of the network, and then over the
 * positions in order, in double, because images have many positions of nearly the same value. What the norm keeps of a batch are rows as long as a
 * sample, in its layout, in which a number of a channel stands at each of its positions.
 */
public final class MapStatistics {

  /** The row of means: of the samples, and then of the gradients of the normalized values. */
  public static final int MEAN = 0;

  /** The row of {@code 1 / sqrt(variance + eps)}; in inference, times the weight. */
  public static final int SCALE = 1;

  /** The row of means of {@code dy xhat}, the gradients times the normalized values. */
  public static final int SLOPE = 2;

  /** The row of sums over the samples. */
  static final int SUMS = 3;

  /** The row of weights. */
  public static final int WEIGHT = 4;

  /** The row of biases. */
  public static final int BIAS = 5;

  private MapStatistics() {}
}
