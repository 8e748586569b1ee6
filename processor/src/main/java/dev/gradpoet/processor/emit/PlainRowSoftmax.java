package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import dev.gradpoet.processor.plan.Padding;

/** Prints the softmax of a row of cross entropy as loops. */
final class PlainRowSoftmax implements RowSoftmax {

  private final Scalar scalar;
  private final int outputs;

  PlainRowSoftmax(Scalar scalar, int outputs) {
    this.scalar = scalar;
    this.outputs = outputs;
  }

  // float max = z[0];
  // for (int o = 1; o < 10; o++) {
  //   max = Math.max(max, z[o]);
  // }
  // for (int o = 0; o < 10; o++) {
  //   dz[o] = FloatMath.exp(z[o] - max);
  // }
  // float total = Chains.sum(dz, 16);
  @Override
  public CodeBlock exponentials() {
    return CodeBlock.builder()
        .addStatement("$T max = z[0]", scalar.type())
        .beginControlFlow("for (int o = 1; o < $L; o++)", outputs)
        .addStatement("max = $T.max(max, z[o])", Math.class)
        .endControlFlow()
        .beginControlFlow("for (int o = 0; o < $L; o++)", outputs)
        .addStatement("dz[o] = $T.exp(z[o] - max)", scalar.math())
        .endControlFlow()
        .addStatement(
            "$T total = $T.sum(dz, $L)", scalar.type(), Names.CHAINS, Padding.padded(outputs))
        .build();
  }

  // for (int o = 0; o < 10; o++) {
  //   dz[o] = (dz[o] / total - (o == t ? 1f : 0f)) * scale;
  // }
  @Override
  public CodeBlock minusOneHot(String factor) {
    return CodeBlock.builder()
        .beginControlFlow("for (int o = 0; o < $L; o++)", outputs)
        .addStatement(
            "dz[o] = (dz[o] / total - (o == t ? $L : $L)) * $L",
            scalar.literal(1),
            scalar.literal(0),
            factor)
        .endControlFlow()
        .build();
  }
}
