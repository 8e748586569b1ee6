package dev.gradpoet.processor.emit.kernel.plain;

import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.code.Scalar;

/** Prints the dot products of a row in plain Java, as calls of the runtime's {@code dot}. */
final class PlainDot {

  private PlainDot() {}

  // for (int o = 0; o < width; o++) {
  //   y[o] = FloatChains.dot(start[o], x, w[o], inner);
  // }
  static MethodSpec method(Scalar scalar, MethodSpec.Builder dotProducts) {
    return dotProducts
        .beginControlFlow("for (int o = 0; o < width; o++)")
        .addStatement("y[o] = $T.dot(start[o], x, w[o], inner)", scalar.chains())
        .endControlFlow()
        .build();
  }
}
