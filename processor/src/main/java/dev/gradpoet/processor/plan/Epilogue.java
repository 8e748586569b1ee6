package dev.gradpoet.processor.plan;

import dev.gradpoet.processor.graph.formula.ActivationOp;

/**
 * An activation applied to each row as soon as it is computed.
 *
 * @param function the activation
 * @param output where it goes; the kernel's own output where nothing reads that again
 */
public record Epilogue(ActivationOp function, Buffer output) {

  Requirement requirement(boolean ofRows) {
    return new Requirement.Function(function, false, ofRows);
  }
}
