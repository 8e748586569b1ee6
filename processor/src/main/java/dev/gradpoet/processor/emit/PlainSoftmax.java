package dev.gradpoet.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import javax.lang.model.element.Modifier;

/** Prints the activations that mix the values of a row, and their derivatives, in plain Java: methods of {@code from}, {@code to} and {@code width}. */
final class PlainSoftmax {

  private final Scalar scalar;
  private final MethodSet methods;

  PlainSoftmax(Scalar scalar, MethodSet methods) {
    this.scalar = scalar;
    this.methods = methods;
  }

  /** The name of the softmax. */
  String softmax() {
    return methods.name("softmax", this::softmaxMethod);
  }

  /** The name of the derivative of the softmax, which reads its output. */
  String softmaxGradient() {
    return methods.name("softmaxGradient", this::softmaxGradientMethod);
  }

  /** The name of the log-softmax. */
  String logSoftmax() {
    return methods.name("logSoftmax", this::logSoftmaxMethod);
  }

  /** The name of the derivative of the log-softmax, which reads its output. */
  String logSoftmaxGradient() {
    return methods.name("logSoftmaxGradient", this::logSoftmaxGradientMethod);
  }

  // float max = z[0];
  // for (int j = 1; j < 10; j++) {
  //   max = Math.max(max, z[j]);
  // }
  // for (int j = 0; j < 10; j++) {
  //   y[j] = FloatMath.exp(z[j] - max);
  // }
  // float sum = Chains.sum(y, 16);
  // for (int j = 0; j < 10; j++) {
  //   y[j] /= sum;
  // }
  private MethodSpec softmaxMethod(String name) {
    return MethodSpec.methodBuilder(name)
        .addJavadoc(
            "{@code y = e^(z - max z) / sum e^(z - max z)} over {@code width} values; the largest is taken out so that nothing overflows.\n")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addParameter(scalar.array(), "z")
        .addParameter(scalar.array(), "y")
        .addParameter(TypeName.INT, "width")
        .addStatement("$T max = z[0]", scalar.type())
        .beginControlFlow("for (int j = 1; j < width; j++)")
        .addStatement("max = $T.max(max, z[j])", Math.class)
        .endControlFlow()
        .beginControlFlow("for (int j = 0; j < width; j++)")
        .addStatement("y[j] = $T.exp(z[j] - max)", scalar.math())
        .endControlFlow()
        .addStatement("$T sum = $T.sum(y, (width + 15) / 16 * 16)", scalar.type(), Names.CHAINS)
        .beginControlFlow("for (int j = 0; j < width; j++)")
        .addStatement("y[j] /= sum")
        .endControlFlow()
        .build();
  }

  // float dot = Chains.dot(0f, g, y, 16);
  // for (int j = 0; j < 10; j++) {
  //   g[j] = y[j] * (g[j] - dot);
  // }
  private MethodSpec softmaxGradientMethod(String name) {
    return MethodSpec.methodBuilder(name)
        .addJavadoc("{@code g = y (g - sum g y)} over {@code width} values, y being the softmax.\n")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addParameter(scalar.array(), "y")
        .addParameter(scalar.array(), "g")
        .addParameter(TypeName.INT, "width")
        .addStatement(
            "$T dot = $T.dot($L, g, y, (width + 15) / 16 * 16)",
            scalar.type(),
            Names.CHAINS,
            scalar.literal(0))
        .beginControlFlow("for (int j = 0; j < width; j++)")
        .addStatement("g[j] = y[j] * (g[j] - dot)")
        .endControlFlow()
        .build();
  }

  // float max = z[0];
  // for (int j = 1; j < 10; j++) {
  //   max = Math.max(max, z[j]);
  // }
  // double sum = 0;
  // for (int j = 0; j < 10; j++) {
  //   y[j] = z[j] - max;
  //   sum += FloatMath.exp(y[j]);
  // }
  // float log = FloatMath.log((float) sum);
  // for (int j = 0; j < 10; j++) {
  //   y[j] -= log;
  // }
  private MethodSpec logSoftmaxMethod(String name) {
    CodeBlock sum = scalar == Scalar.DOUBLE ? CodeBlock.of("sum") : CodeBlock.of("(float) sum");
    return MethodSpec.methodBuilder(name)
        .addJavadoc(
            "{@code y = z - max z - log sum e^(z - max z)} over {@code width} values; the largest is taken out so that nothing overflows.\n")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addParameter(scalar.array(), "z")
        .addParameter(scalar.array(), "y")
        .addParameter(TypeName.INT, "width")
        .addStatement("$T max = z[0]", scalar.type())
        .beginControlFlow("for (int j = 1; j < width; j++)")
        .addStatement("max = $T.max(max, z[j])", Math.class)
        .endControlFlow()
        .addStatement("double sum = 0")
        .beginControlFlow("for (int j = 0; j < width; j++)")
        .addStatement("y[j] = z[j] - max")
        .addStatement("sum += $T.exp(y[j])", scalar.math())
        .endControlFlow()
        .addStatement("$T log = $T.log($L)", scalar.type(), scalar.math(), sum)
        .beginControlFlow("for (int j = 0; j < width; j++)")
        .addStatement("y[j] -= log")
        .endControlFlow()
        .build();
  }

  // double sum = 0;
  // for (int j = 0; j < 10; j++) {
  //   sum += g[j];
  // }
  // for (int j = 0; j < 10; j++) {
  //   g[j] -= FloatMath.exp(y[j]) * (float) sum;
  // }
  private MethodSpec logSoftmaxGradientMethod(String name) {
    CodeBlock sum = scalar == Scalar.DOUBLE ? CodeBlock.of("sum") : CodeBlock.of("(float) sum");
    return MethodSpec.methodBuilder(name)
        .addJavadoc(
            "{@code g = g - e^y sum g} over {@code width} values, y being the log-softmax.\n")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addParameter(scalar.array(), "y")
        .addParameter(scalar.array(), "g")
        .addParameter(TypeName.INT, "width")
        .addStatement("double sum = 0")
        .beginControlFlow("for (int j = 0; j < width; j++)")
        .addStatement("sum += g[j]")
        .endControlFlow()
        .beginControlFlow("for (int j = 0; j < width; j++)")
        .addStatement("g[j] -= $T.exp(y[j]) * $L", scalar.math(), sum)
        .endControlFlow()
        .build();
  }
}
