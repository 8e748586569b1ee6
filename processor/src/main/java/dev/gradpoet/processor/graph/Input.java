package dev.gradpoet.processor.graph;

import dev.gradpoet.processor.shape.Shape;
import dev.gradpoet.processor.valid.ValidInput;
import java.util.OptionalInt;

/**
 * An input as declared.
 *
 * @param name the name by which layers refer to it
 * @param shape the shape of one sample
 * @param classes the number of classes if it holds class indices
 * @param method whether a method of the interface declares it
 * @param constant the name of its constant among those of several inputs
 */
public record Input(
    String name, Shape shape, OptionalInt classes, boolean method, String constant) {

  static Input of(ValidInput input) {
    return new Input(
        input.name(),
        input.shape(),
        input.classes(),
        input.method(),
        ValidInput.constant(input.name()));
  }

  /** Whether it holds numbers; otherwise it holds class indices. */
  public boolean isDense() {
    return classes.isEmpty();
  }
}
