package dev.gradpoet.processor.emit.kernel.plain;

import static dev.gradpoet.processor.emit.code.RuntimeTypes.SGD;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.KernelNames;
import dev.gradpoet.processor.emit.kernel.Signatures;

/** Prints the update of an array of parameters by stochastic gradient descent, one pass over it. */
public final class PlainSgd {

  private PlainSgd() {}

  // static void sgd(Sgd sgd, float lr, boolean first, float[] w, float[] g, float[] v) {
  //   (options, see below)
  //   for (int j = 0; j < w.length; j++) {
  //     float d = maximize ? -g[j] : g[j];
  //     d = decay == 0 ? d : Math.fma(decay, w[j], d);
  //     if (v != null) {
  //       v[j] = first ? d : Math.fma(momentum, v[j], share * d);
  //       d = nesterov ? Math.fma(momentum, v[j], d) : v[j];
  //     }
  //     w[j] = Math.fma(-lr, d, w[j]);
  //   }
  // }
  public static MethodSpec method(Signatures signatures) {
    Scalar scalar = signatures.scalar();
    return head(signatures)
        .beginControlFlow("for (int j = 0; j < w.length; j++)")
        .addStatement("$T d = maximize ? -g[j] : g[j]", scalar.type())
        .addStatement("d = decay == 0 ? d : $T.fma(decay, w[j], d)", Math.class)
        .beginControlFlow("if (v != null)")
        .addStatement("v[j] = first ? d : $T.fma(momentum, v[j], share * d)", Math.class)
        .addStatement("d = nesterov ? $T.fma(momentum, v[j], d) : v[j]", Math.class)
        .endControlFlow()
        .addStatement("w[j] = $T.fma(-lr, d, w[j])", Math.class)
        .endControlFlow()
        .build();
  }

  // boolean maximize = sgd.maximize();
  // boolean nesterov = sgd.nesterov();
  // float decay = (float) sgd.weightDecay();
  // float momentum = (float) sgd.momentum();
  // float share = (float) (1 - sgd.dampening());
  /** The method up to its loop. */
  public static MethodSpec.Builder head(Signatures signatures) {
    Scalar scalar = signatures.scalar();
    String cast = scalar == Scalar.FLOAT ? "(float) " : "";
    return signatures
        .choice()
        .kernel(
            KernelNames.SGD,
            "Parameters w by stochastic gradient descent with the gradient g, the formula of torch.optim.SGD:"
                + "\n{@code d = g} (or {@code -g} to maximize) {@code + weightDecay w}; with momentum, {@code v = d} at first, then"
                + "\n{@code v = momentum v + (1 - dampening) d}, and {@code d = v} ({@code d + momentum v} for Nesterov's);"
                + "\n{@code w = w - lr d}.\n")
        .addParameter(SGD, "sgd")
        .addParameter(scalar.type(), "lr")
        .addParameter(TypeName.BOOLEAN, "first")
        .addParameter(scalar.array(), "w")
        .addParameter(scalar.array(), "g")
        .addParameter(scalar.array(), "v")
        .addStatement("boolean maximize = sgd.maximize()")
        .addStatement("boolean nesterov = sgd.nesterov()")
        .addStatement("$T decay = $Lsgd.weightDecay()", scalar.type(), cast)
        .addStatement("$T momentum = $Lsgd.momentum()", scalar.type(), cast)
        .addStatement("$T share = $L(1 - sgd.dampening())", scalar.type(), cast);
  }
}
