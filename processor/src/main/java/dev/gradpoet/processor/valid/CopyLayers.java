package dev.gradpoet.processor.valid;

import dev.gradpoet.processor.shape.Shape;

/** Layers that copy values to other places. */
public final class CopyLayers {

  private CopyLayers() {}

  /** {@code y = activation(x)}, with the values of x in row-major order as a vector. */
  public record FlattenLayer(
      String name, String from, Shape input, Shape shape, ValidActivation activation)
      implements ValidLayer {
    @Override
    public <T> T match(Cases<T> cases) {
      return cases.flatten(this);
    }

    @Override
    public boolean passesOn() {
      return true;
    }
  }

  /**
   * {@code y[j] = activation(weight[x[j]])}.
   *
   * @param from the name of the input of class indices that it reads
   * @param classes the number of classes
   * @param shape the number of indices of a sample, and that of the values for each
   */
  public record EmbeddingLayer(
      String name, String from, int classes, Shape shape, ValidActivation activation)
      implements ValidLayer {
    @Override
    public boolean isTrained() {
      return true;
    }

    @Override
    public <T> T match(Cases<T> cases) {
      return cases.embedding(this);
    }
  }
}
