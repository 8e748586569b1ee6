package dev.gradpoet.processor.valid;

import dev.gradpoet.processor.shape.Geometry;
import dev.gradpoet.processor.shape.Shape;

/** Layers that compute maps from the windows of maps. */
public final class MapLayers {

  private MapLayers() {}

  /**
   * {@code y = activation(x * weight + bias)}, a convolution.
   *
   * @param from the name of what it reads
   * @param geometry how the kernel moves over its source
   * @param out the channels of its output
   * @param groups the number of groups of channels
   */
  public record ConvLayer(
      String name,
      String from,
      Geometry geometry,
      int out,
      int groups,
      boolean bias,
      ValidActivation activation)
      implements ValidLayer {
    @Override
    public Shape shape() {
      return geometry.output(out);
    }

    /** Whether it is a product of a sample with the weight: it has one position, and the values of a window are the sample in row-major order. */
    public boolean isLinear() {
      boolean inOrder = geometry.input().first() == 1 || geometry.input().area() == 1;
      return groups == 1
          && !geometry.isPadded()
          && geometry.positions() == 1
          && geometry.taps() == geometry.input().size()
          && inOrder;
    }

    @Override
    public boolean isTrained() {
      return true;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.conv(this);
    }
  }

  /**
   * The largest value or the average of each window.
   *
   * @param from the name of what it reads
   * @param pooling what it makes of a window
   */
  public record PoolLayer(
      String name, String from, Geometry geometry, Pooling pooling, ValidActivation activation)
      implements ValidLayer {

    /** What a pooling makes of a window. */
    public enum Pooling {
      MAX,
      /** The average of a window with its padding. */
      AVERAGE,
      /** The average of the values of a window that are not padding. */
      AVERAGE_WITHOUT_PADDING,
      /** The average of a whole channel, whatever its size. */
      GLOBAL_AVERAGE
    }

    @Override
    public Shape shape() {
      return geometry.output(geometry.input().first());
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.pool(this);
    }
  }
}
