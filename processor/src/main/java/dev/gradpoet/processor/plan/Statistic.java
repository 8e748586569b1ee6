package dev.gradpoet.processor.plan;

import dev.gradpoet.processor.graph.Op;
import java.util.List;

/**
 * A buffer of a layer in PyTorch's sense: what it keeps beside its parameters, which has no gradient and no optimizer updates.
 *
 * @param layer the name of the layer
 * @param name PyTorch's name within the layer: {@code running_mean}
 * @param kind what it is, and starts from
 * @param size the number of values
 * @param constants its initial values, if the declaration gives them
 */
public record Statistic(String layer, String name, Kind kind, int size, List<Double> constants) {

  Statistic(String layer, String name, Kind kind, int size) {
    this(layer, name, kind, size, List.of());
  }

  /** What a buffer is, and starts from. */
  public enum Kind {
    /** A vector of zeros. */
    ZEROS,
    /** A vector of ones. */
    ONES,
    /** A number of batches, as an INT64 scalar. */
    COUNT
  }

  /** The mean of a normalization. */
  public static Statistic mean(Op.Normalization op) {
    return new Statistic(op.output().layer(), "mean", Kind.ZEROS, op.features(), op.mean());
  }

  /** The standard deviation of a normalization. */
  public static Statistic std(Op.Normalization op) {
    return new Statistic(op.output().layer(), "std", Kind.ONES, op.features(), op.std());
  }

  /** Whether it is a vector in the dtype of the network. */
  public boolean isVector() {
    return kind != Kind.COUNT;
  }
}
