package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;

/** How the kernels of cross entropy come to the softmax of a row {@code z}, which they keep in {@code dz}. */
interface RowSoftmax {

  /** Declares {@code max} and {@code total}, and leaves {@code e^(z - max)} in {@code dz}, of which total is the sum. */
  CodeBlock exponentials();

  /** {@code dz = (dz / total - onehot(t)) * factor}. */
  CodeBlock minusOneHot(String factor);
}
