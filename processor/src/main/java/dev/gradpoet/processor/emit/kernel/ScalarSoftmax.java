package dev.gradpoet.processor.emit.kernel;

import static dev.gradpoet.processor.emit.code.RuntimeTypes.CHAINS;

import com.palantir.javapoet.MethodSpec;
import dev.gradpoet.processor.emit.code.Scalar;

/** Prints the activations that mix the values of a row, and their derivatives, in plain Java. */
public final class ScalarSoftmax {

  private final Scalar scalar;
  private final MethodSpec.Builder method;

  /**
   * Prints one of them.
   *
   * @param method a method of {@code from}, {@code to} and {@code width}
   */
  public ScalarSoftmax(Scalar scalar, MethodSpec.Builder method) {
    this.scalar = scalar;
    this.method = method;
  }

  // (max)
  // for (int o = 0; o < width; o++) {
  //   to[o] = FloatMath.exp(from[o] - max);
  // }
  // float sum = Chains.sum(to, width);
  // for (int o = 0; o < width; o++) {
  //   to[o] /= sum;
  // }
  /** The softmax. */
  public MethodSpec value() {
    return max()
        .beginControlFlow("for (int o = 0; o < width; o++)")
        .addStatement("to[o] = $T.exp(from[o] - max)", scalar.math())
        .endControlFlow()
        .addStatement("$T sum = $T.sum(to, width)", scalar.type(), CHAINS)
        .beginControlFlow("for (int o = 0; o < width; o++)")
        .addStatement("to[o] /= sum")
        .endControlFlow()
        .build();
  }

  // float max = from[0];
  // for (int o = 1; o < width; o++) {
  //   max = Math.max(max, from[o]);
  // }
  private MethodSpec.Builder max() {
    return method
        .addStatement("$T max = from[0]", scalar.type())
        .beginControlFlow("for (int o = 1; o < width; o++)")
        .addStatement("max = $T.max(max, from[o])", Math.class)
        .endControlFlow();
  }

  // float dot = Chains.dot(0f, to, from, width);
  // for (int o = 0; o < width; o++) {
  //   to[o] = from[o] * (to[o] - dot);
  // }
  /** The derivative of the softmax, which reads its output. */
  public MethodSpec gradient() {
    return method
        .addStatement(
            "$T dot = $T.dot($L, to, from, width)", scalar.type(), CHAINS, scalar.literal(0))
        .beginControlFlow("for (int o = 0; o < width; o++)")
        .addStatement("to[o] = from[o] * (to[o] - dot)")
        .endControlFlow()
        .build();
  }

  // (max)
  // double sum = 0;
  // for (int o = 0; o < width; o++) {
  //   to[o] = from[o] - max;
  //   sum += FloatMath.exp(to[o]);
  // }
  // float log = FloatMath.log((float) sum);
  // for (int o = 0; o < width; o++) {
  //   to[o] -= log;
  // }
  /** The log-softmax. */
  public MethodSpec logValue() {
    return max()
        .addStatement("double sum = 0")
        .beginControlFlow("for (int o = 0; o < width; o++)")
        .addStatement("to[o] = from[o] - max")
        .addStatement("sum += $T.exp(to[o])", scalar.math())
        .endControlFlow()
        .addStatement("$T log = $T.log($L)", scalar.type(), scalar.math(), sum())
        .beginControlFlow("for (int o = 0; o < width; o++)")
        .addStatement("to[o] -= log")
        .endControlFlow()
        .build();
  }

  private String sum() {
    return scalar == Scalar.DOUBLE ? "sum" : "(float) sum";
  }

  // double sum = 0;
  // for (int o = 0; o < width; o++) {
  //   sum += to[o];
  // }
  // for (int o = 0; o < width; o++) {
  //   to[o] -= FloatMath.exp(from[o]) * (float) sum;
  // }
  /** The derivative of the log-softmax, which reads its output. */
  public MethodSpec logGradient() {
    return method
        .addStatement("double sum = 0")
        .beginControlFlow("for (int o = 0; o < width; o++)")
        .addStatement("sum += to[o]")
        .endControlFlow()
        .beginControlFlow("for (int o = 0; o < width; o++)")
        .addStatement("to[o] -= $T.exp(from[o]) * $L", scalar.math(), sum())
        .endControlFlow()
        .build();
  }
}
