package dev.gradpoet.processor.valid;

import dev.gradpoet.processor.shape.Shape;

/** Linear layers. */
public final class LinearLayers {

  private LinearLayers() {}

  /**
   * {@code y = activation(x W^T + b)}, on each row of the last dimension.
   *
   * @param from the name of its source
   * @param in the size of the last dimension of its source
   * @param shape the shape of its source, with another last dimension
   */
  public record LinearLayer(
      String name, String from, int in, Shape shape, boolean bias, ValidActivation activation)
      implements ValidLayer {

    /** The size of the last dimension of its output. */
    public int out() {
      return shape.last();
    }

    @Override
    public int positions() {
      return shape.positions();
    }

    @Override
    public boolean isTrained() {
      return true;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.linear(this);
    }
  }
}
