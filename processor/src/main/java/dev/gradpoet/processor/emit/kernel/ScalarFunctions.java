package dev.gradpoet.processor.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.code.RowPrinter;
import dev.gradpoet.processor.emit.code.Scalar;

/** Prints activations and their derivatives in plain Java. */
public final class ScalarFunctions {

  private ScalarFunctions() {}

  // void relu(float[] from, float[] to, int width) {
  //   for (int o = 0; o < width; o++) {
  //     to[o] = Math.max(from[o], 0f);
  //   }
  // }
  //
  // void reluGradient(float[] from, float[] to, int width) {
  //   for (int o = 0; o < width; o++) {
  //     to[o] = from[o] <= 0f ? 0f : to[o];
  //   }
  // }
  /** Adds the body of a function. */
  public static MethodSpec method(MethodSpec.Builder method, RowFunction function, Scalar scalar) {
    RowPrinter rows = new RowPrinter(scalar, function.arrays(), CodeBlock.of("width"));
    return method.addCode(rows.print(function.program())).build();
  }
}
