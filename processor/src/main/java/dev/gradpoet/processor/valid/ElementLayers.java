package dev.gradpoet.processor.valid;

import dev.gradpoet.processor.shape.Shape;

/** Layers that compute each value from one value. */
public final class ElementLayers {

  private ElementLayers() {}

  /** {@code y = activation(x * mask)} in training, {@code y = activation(x)} in inference. */
  public record DropoutLayer(
      String name, String from, double p, Shape shape, ValidActivation activation)
      implements ValidLayer {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.dropout(this);
    }

    @Override
    public boolean passesOn() {
      return true;
    }
  }

  /**
   * {@code y = activation(x > 0 ? x : weight x)}.
   *
   * @param from the name of what it reads
   * @param slopes how many values the weight has: one for all values of a sample, or one for each value of a vector and each channel of any other shape
   */
  public record PReluLayer(
      String name, String from, Shape shape, int slopes, ValidActivation activation)
      implements ValidLayer {
    /** The channels one by one, if each has a slope. */
    @Override
    public int positions() {
      return shape.isVector() ? 1 : slopes;
    }

    @Override
    public boolean isTrained() {
      return true;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.prelu(this);
    }
  }

  /** {@code y = activation(x)}. */
  public record ActivateLayer(String name, String from, Shape shape, ValidActivation activation)
      implements ValidLayer {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.activate(this);
    }

    @Override
    public boolean passesOn() {
      return true;
    }
  }
}
