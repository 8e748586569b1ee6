package dev.gradpoet.processor.emit.kernel;

import com.palantir.javapoet.CodeBlock;

/** How a family comes to the softmax of a row. */
public interface RowSoftmax {

  /** From a row {@code x}, declares {@code max} and {@code total}, and leaves {@code e^(x - max)} in {@code y}, of which total is the sum. */
  CodeBlock exponentials();

  /** {@code y = y / sum * factor}. */
  CodeBlock divide();
}
