package dev.gradpoet.processor.graph;

import dev.gradpoet.processor.shape.Convolving;
import dev.gradpoet.processor.shape.Geometry;
import dev.gradpoet.processor.shape.MapLayout;
import dev.gradpoet.processor.shape.Shape;
import java.util.Optional;

/** An operation on maps, each in one row: a copy in another layout or with padding, or a pooling. */
public sealed interface WindowOp {

  /** Whether its gradient depends on its input. */
  default boolean gradientReadsInput() {
    return false;
  }

  /** This operation if it is a maximum. */
  default Optional<MaxPool> maxPool() {
    return Optional.empty();
  }

  /** This operation if it is an average. */
  default Optional<AveragePool> averagePool() {
    return Optional.empty();
  }

  /** Calls the case of this kind of operation. */
  <T> T match(Cases<T> cases);

  /** One case for each kind of operation. */
  interface Cases<T> {
    T relayout(Relayout op);

    T pad(Pad op);

    T maxPool(MaxPool op);

    T averagePool(AveragePool op);
  }

  /** The same values in another layout. */
  record Relayout(Shape shape, MapLayout from, MapLayout to) implements WindowOp {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.relayout(this);
    }
  }

  /** The values with the zeros that a convolution reads around them. */
  record Pad(Convolving convolution) implements WindowOp {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.pad(this);
    }
  }

  /** The largest value of each window, with the channels last. */
  record MaxPool(Geometry geometry, MapLayout from) implements WindowOp {

    /** Whether families implement it; with padding, the runtime does. */
    public boolean isPrimitive() {
      return !geometry.isPadded();
    }

    /** Whether its input is in planes; otherwise the channels are last. */
    public boolean ofPlanes() {
      return from.channel() > 1;
    }

    @Override
    public Optional<MaxPool> maxPool() {
      return Optional.of(this);
    }

    @Override
    public boolean gradientReadsInput() {
      return true;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.maxPool(this);
    }
  }

  /**
   * The average of each window, with the channels last.
   *
   * @param countsPadding whether the padding, which is zeros, counts
   */
  record AveragePool(Geometry geometry, MapLayout from, boolean countsPadding) implements WindowOp {

    /** Whether families implement it; with padding or in planes, the runtime does. */
    public boolean isPrimitive() {
      return !geometry.isPadded() && from.channel() == 1;
    }

    @Override
    public Optional<AveragePool> averagePool() {
      return Optional.of(this);
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.averagePool(this);
    }
  }
}
