package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;

/** Prints the softmax of a row of cross entropy as calls of vector methods. */
final class SimdRowSoftmax implements RowSoftmax {

  private final SimdSoftmax softmax;
  private final int outputs;

  SimdRowSoftmax(SimdSoftmax softmax, int outputs) {
    this.softmax = softmax;
    this.outputs = outputs;
  }

  // float max = maximum(z, 10);
  // float total = exponentials(z, max, dz, 10);
  @Override
  public CodeBlock exponentials() {
    return CodeBlock.builder()
        .addStatement("float max = $L(z, $L)", softmax.maximum(), outputs)
        .addStatement("float total = $L(z, max, dz, $L)", softmax.exponentials(), outputs)
        .build();
  }

  // float p = dz[t] / total;
  // divide(dz, total, scale, 10);
  // dz[t] = (p - 1f) * scale;
  @Override
  public CodeBlock minusOneHot(String factor) {
    return CodeBlock.builder()
        .addStatement("float p = dz[t] / total")
        .addStatement("$L(dz, total, $L, $L)", softmax.divide(), factor, outputs)
        .addStatement("dz[t] = (p - 1f) * $L", factor)
        .build();
  }
}
