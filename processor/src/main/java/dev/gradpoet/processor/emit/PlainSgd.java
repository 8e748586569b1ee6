package dev.gradpoet.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import javax.lang.model.element.Modifier;

/** Prints the update of a row of parameters by stochastic gradient descent. */
final class PlainSgd {

  static final ClassName SGD = ClassName.get(Names.RUNTIME, "Sgd");

  private PlainSgd() {}

  // static void sgd(Sgd sgd, float lr, boolean first, float[] w, float[] g, float[] v, float[] t) {
  //   int n = w.length;
  //   float[] d = g;
  //   if (sgd.maximize()) {
  //     for (int j = 0; j < n; j++) {
  //       t[j] = -d[j];
  //     }
  //     d = t;
  //   }
  //   ...
  //   for (int j = 0; j < n; j++) {
  //     w[j] = Math.fma(-lr, d[j], w[j]);
  //   }
  // }
  static MethodSpec method(Scalar scalar) {
    return MethodSpec.methodBuilder("sgd")
        .addJavadoc(
            "A row of parameters w by stochastic gradient descent with the gradient g, the formula of torch.optim.SGD:"
                + "\n{@code d = g} (or {@code -g} to maximize) {@code + weightDecay w}; with momentum, {@code v = d} at first, then"
                + "\n{@code v = momentum v + (1 - dampening) d}, and {@code d = v} ({@code d + momentum v} for Nesterov's);"
                + "\n{@code w = w - lr d}. t is scratch.\n")
        .addModifiers(Modifier.STATIC)
        .addParameter(SGD, "sgd")
        .addParameter(scalar.type(), "lr")
        .addParameter(TypeName.BOOLEAN, "first")
        .addParameter(scalar.array(), "w")
        .addParameter(scalar.array(), "g")
        .addParameter(scalar.array(), "v")
        .addParameter(scalar.array(), "t")
        .addStatement("int n = w.length")
        .addStatement("$T d = g", scalar.array())
        .beginControlFlow("if (sgd.maximize())")
        .addCode(loop(CodeBlock.of("t[j] = -d[j]")))
        .addStatement("d = t")
        .endControlFlow()
        .beginControlFlow("if (sgd.weightDecay() != 0)")
        .addStatement("$T decay = $L", scalar.type(), cast(scalar, "sgd.weightDecay()"))
        .addCode(loop(CodeBlock.of("t[j] = $T.fma(decay, w[j], d[j])", Math.class)))
        .addStatement("d = t")
        .endControlFlow()
        .beginControlFlow("if (v != null)")
        .addStatement("$T momentum = $L", scalar.type(), cast(scalar, "sgd.momentum()"))
        .beginControlFlow("if (first)")
        .addStatement("$T.arraycopy(d, 0, v, 0, n)", System.class)
        .nextControlFlow("else")
        .addStatement("$T share = $L", scalar.type(), cast(scalar, "(1 - sgd.dampening())"))
        .addCode(loop(CodeBlock.of("v[j] = $T.fma(momentum, v[j], share * d[j])", Math.class)))
        .endControlFlow()
        .beginControlFlow("if (sgd.nesterov())")
        .addCode(loop(CodeBlock.of("t[j] = $T.fma(momentum, v[j], d[j])", Math.class)))
        .addStatement("d = t")
        .nextControlFlow("else")
        .addStatement("d = v")
        .endControlFlow()
        .endControlFlow()
        .addCode(loop(CodeBlock.of("w[j] = $T.fma(-lr, d[j], w[j])", Math.class)))
        .build();
  }

  private static CodeBlock loop(CodeBlock body) {
    return CodeBlock.builder()
        .beginControlFlow("for (int j = 0; j < n; j++)")
        .addStatement(body)
        .endControlFlow()
        .build();
  }

  private static String cast(Scalar scalar, String value) {
    return scalar == Scalar.FLOAT ? "(float) " + value : value;
  }
}
