package dev.gradpoet.processor.emit.network;

import static dev.gradpoet.processor.emit.code.RuntimeTypes.ROWS;

import com.palantir.javapoet.CodeBlock;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.graph.ClassDecision;
import dev.gradpoet.processor.graph.Network;

/** Prints the code that derives the class of a row from its outputs. */
final class ClassCode {

  private final ClassDecision decision;
  private final Scalar scalar;

  ClassCode(Network network, Scalar scalar) {
    this.decision = network.classes();
    this.scalar = scalar;
  }

  /** Whether the network has classes. */
  boolean hasClasses() {
    return decision.kind() != ClassDecision.Kind.NONE;
  }

  /** {@code Rows.argmax(row.logits, OUTPUTS)} or {@code row.result[0] > 0.5f ? 1 : 0}. */
  CodeBlock of(CodeBlock output) {
    return isLargest()
        ? CodeBlock.of("$T.argmax($L, OUTPUTS)", ROWS, output)
        : CodeBlock.of("$L[0] > $L ? 1 : 0", output, scalar.literal(decision.threshold()));
  }

  /** {@code the index of the largest output}. */
  CodeBlock describe() {
    return isLargest()
        ? CodeBlock.of("the index of the largest output")
        : CodeBlock.of(
            "1 if the output is above {@code $L}, else 0", scalar.literal(decision.threshold()));
  }

  private boolean isLargest() {
    return decision.kind() == ClassDecision.Kind.LARGEST;
  }
}
