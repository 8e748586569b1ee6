package dev.gradpoet.processor.emit.kernel.plain;

import static dev.gradpoet.processor.emit.code.RuntimeTypes.CHAINS;

import com.palantir.javapoet.CodeBlock;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.RowSoftmax;

/** Prints the softmax of a row as loops. */
public final class PlainRowSoftmax implements RowSoftmax {

  private final Scalar scalar;
  private final int outputs;

  public PlainRowSoftmax(Scalar scalar, int outputs) {
    this.scalar = scalar;
    this.outputs = outputs;
  }

  // float max = x[0];
  // for (int o = 1; o < 10; o++) {
  //   max = Math.max(max, x[o]);
  // }
  // for (int o = 0; o < 10; o++) {
  //   y[o] = FloatMath.exp(x[o] - max);
  // }
  // float total = Chains.sum(y, 10);
  @Override
  public CodeBlock exponentials() {
    return CodeBlock.builder()
        .addStatement("$T max = x[0]", scalar.type())
        .beginControlFlow("for (int o = 1; o < $L; o++)", outputs)
        .addStatement("max = $T.max(max, x[o])", Math.class)
        .endControlFlow()
        .beginControlFlow("for (int o = 0; o < $L; o++)", outputs)
        .addStatement("y[o] = $T.exp(x[o] - max)", scalar.math())
        .endControlFlow()
        .addStatement("$T total = $T.sum(y, $L)", scalar.type(), CHAINS, outputs)
        .build();
  }

  // for (int o = 0; o < 10; o++) {
  //   y[o] = y[o] / sum * factor;
  // }
  @Override
  public CodeBlock divide() {
    return CodeBlock.builder()
        .beginControlFlow("for (int o = 0; o < $L; o++)", outputs)
        .addStatement("y[o] = y[o] / sum * factor")
        .endControlFlow()
        .build();
  }
}
