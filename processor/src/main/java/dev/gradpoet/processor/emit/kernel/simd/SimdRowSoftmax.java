package dev.gradpoet.processor.emit.kernel.simd;

import com.palantir.javapoet.CodeBlock;
import dev.gradpoet.processor.emit.kernel.RowSoftmax;

/** Prints the softmax of a row as calls of vector methods. */
public final class SimdRowSoftmax implements RowSoftmax {

  private final SimdSoftmax softmax;
  private final int outputs;

  public SimdRowSoftmax(SimdSoftmax softmax, int outputs) {
    this.softmax = softmax;
    this.outputs = outputs;
  }

  // float max = maximum(x, 10);
  // float total = exponentials(x, max, y, 10);
  @Override
  public CodeBlock exponentials() {
    return CodeBlock.builder()
        .addStatement("float max = $L(x, $L)", softmax.maximum(), outputs)
        .addStatement("float total = $L(x, max, y, $L)", softmax.exponentials(), outputs)
        .build();
  }

  // divide(y, sum, factor, 10);
  @Override
  public CodeBlock divide() {
    return CodeBlock.builder()
        .addStatement("$L(y, sum, factor, $L)", softmax.divide(), outputs)
        .build();
  }
}
