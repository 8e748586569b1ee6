package dev.gradpoet.processor.plan;

import dev.gradpoet.processor.graph.formula.ActivationOp;

/**
 * The derivative of an activation applied to each row of a gradient as soon as it is complete.
 *
 * @param function the activation
 * @param kept the value that the derivative reads
 */
public record Derivative(ActivationOp function, Buffer kept) {

  Requirement requirement(boolean ofRows) {
    return new Requirement.Function(function, true, ofRows);
  }
}
