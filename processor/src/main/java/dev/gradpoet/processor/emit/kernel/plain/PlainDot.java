package dev.gradpoet.processor.emit.kernel.plain;

import static dev.gradpoet.processor.emit.code.RuntimeTypes.CHAINS;

import com.palantir.javapoet.MethodSpec;

/** Prints the dot products of a row in plain Java: the runtime has the sixteen chains of one. */
public final class PlainDot {

  private PlainDot() {}

  // for (int o = 0; o < width; o++) {
  //   y[o] = Chains.dot(start[o], x, w[o], inner);
  // }
  public static MethodSpec method(MethodSpec.Builder dotProducts) {
    return dotProducts
        .beginControlFlow("for (int o = 0; o < width; o++)")
        .addStatement("y[o] = $T.dot(start[o], x, w[o], inner)", CHAINS)
        .endControlFlow()
        .build();
  }
}
