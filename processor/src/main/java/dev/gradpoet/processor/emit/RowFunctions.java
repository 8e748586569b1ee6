package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import dev.gradpoet.processor.graph.ActivationOp;

/** How a kernel applies an activation, or its derivative, to a row that is complete. */
interface RowFunctions {

  /**
   * The activation of a row.
   *
   * @param width the values of the row
   * @param from the variable that holds the row
   * @param to the variable that takes the result, perhaps the same
   */
  CodeBlock value(ActivationOp function, int width, String from, String to);

  /**
   * The derivative, which turns a gradient in place.
   *
   * @param width the values of the row
   * @param kept the row that the derivative reads
   * @param to the row of the gradient
   */
  CodeBlock gradient(ActivationOp function, int width, String kept, String to);
}
