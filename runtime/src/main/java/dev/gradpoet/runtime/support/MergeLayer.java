package dev.gradpoet.runtime.support;

import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Tensor;
import java.util.NoSuchElementException;

/**
 * A layer that has no parameters because it only puts others together.
 *
 * @param name the name of the layer
 * @param kind what it does: {@code Add} or {@code Concat}
 * @param width the values of one of its output rows
 */
public record MergeLayer(String name, String kind, int width) implements Layer {

  @Override
  public Tensor weight() {
    throw none("weight");
  }

  @Override
  public Tensor bias() {
    throw none("bias");
  }

  private NoSuchElementException none(String what) {
    return new NoSuchElementException(
        "layer \"" + name + "\" has no " + what + ": only a @Linear layer has parameters");
  }
}
