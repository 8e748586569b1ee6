package dev.gradpoet.processor.plan;

/**
 * A buffer of a layer in PyTorch's sense: what it keeps beside its parameters, which has no gradient and no optimizer updates.
 *
 * @param layer the name of the layer
 * @param name PyTorch's name within the layer: {@code running_mean}
 * @param kind what it is, and starts from
 * @param size the number of values
 */
public record Statistic(String layer, String name, Kind kind, int size) {

  /** What a buffer is, and starts from. */
  public enum Kind {
    /** A vector of zeros. */
    ZEROS,
    /** A vector of ones. */
    ONES,
    /** A number of batches, as an INT64 scalar. */
    COUNT
  }

  /** Whether it is a vector in the dtype of the network. */
  public boolean isVector() {
    return kind != Kind.COUNT;
  }
}
