package dev.gradpoet.processor.plan;

import dev.gradpoet.processor.graph.formula.ActivationOp;

/**
 * An activation applied to each row as soon as it is computed.
 *
 * @param function the activation
 * @param output the buffer of the result; the kernel's own output unless that is kept
 */
public record Epilogue(ActivationOp function, Buffer output) {

  Requirement requirement(boolean ofRows) {
    return new Requirement.Function(function, false, ofRows);
  }
}
