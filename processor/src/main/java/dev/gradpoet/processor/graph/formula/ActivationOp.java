package dev.gradpoet.processor.graph.formula;

import dev.gradpoet.processor.graph.formula.Expr.Variable;

/**
 * An activation function: its value and its derivative, declared side by side.
 *
 * @param name its name in formulas
 * @param value computes {@code Y} from {@code X}, which may be the same row
 * @param valueDoc the Javadoc of a method that computes the value, with rows {@code from} and {@code to}
 * @param reads which of its values the derivative reads
 * @param gradient turns {@code G}, the gradient with respect to y, into that with respect to x, in place; reads {@code X} or {@code Y}
 * @param gradientDoc the Javadoc of a method that computes the gradient {@code to} in place and reads {@code from}
 */
public record ActivationOp(
    String name,
    RowProgram value,
    String valueDoc,
    Reads reads,
    RowProgram gradient,
    String gradientDoc) {

  /** The value that a derivative reads, which is kept for the backward pass. */
  public enum Reads {
    INPUT,
    OUTPUT
  }

  /** Whether each of its values depends on all values of the row, as of a softmax. */
  public boolean mixesRow() {
    return value.formula().isEmpty();
  }

  /**
   * An elementwise function.
   *
   * @param value {@code y}, from {@code X}
   * @param gradient the gradient with respect to x, from {@code G} and, depending on {@code reads}, {@code X} or {@code Y}
   */
  static ActivationOp ofValues(String name, Expr value, Reads reads, Expr gradient) {
    return new ActivationOp(
        name,
        RowProgram.of(new RowStep.Map(name, Variable.Y, value)),
        "{@code to = " + name + "(from)}.\n",
        reads,
        RowProgram.of(new RowStep.Map(name + "Gradient", Variable.G, gradient)),
        "{@code to = " + name + "'(to)}, a gradient in place; {@code from} is the "
            + (reads == Reads.INPUT ? "input" : "output") + " of the function.\n");
  }
}
