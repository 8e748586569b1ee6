package dev.gradpoet.processor.emit.kernel.plain;

import static dev.gradpoet.processor.emit.code.RuntimeTypes.SGD;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.gradpoet.processor.emit.code.RowPrinter;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.KernelNames;
import dev.gradpoet.processor.emit.kernel.Signatures;
import dev.gradpoet.processor.graph.formula.Expr.Variable;
import dev.gradpoet.processor.graph.formula.RowProgram;
import dev.gradpoet.processor.graph.formula.Updates;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints the update of an array of parameters by stochastic gradient descent, one pass over it. */
public final class PlainSgd {

  private PlainSgd() {}

  // static void sgd(Sgd sgd, float learningRate, boolean first, float[] w, float[] g, float[]
  // buffer) {
  //   (options, see below)
  //   for (int j = 0; j < w.length; j++) {
  //     float gradient = maximize ? -g[j] : g[j];
  //     float d = decays ? Math.fma(decay, w[j], gradient) : gradient;
  //     if (remembers) {
  //       m[j] = first ? d : Math.fma(momentum, m[j], share * d);
  //     }
  //     float step = remembers ? (nesterov ? Math.fma(momentum, m[j], d) : m[j]) : d;
  //     w[j] = Math.fma(-learningRate, step, w[j]);
  //   }
  // }
  public static MethodSpec method(Signatures signatures) {
    RowProgram sgd = Updates.sgd();
    RowPrinter printer =
        new RowPrinter(signatures.scalar(), arrays(sgd), "j", CodeBlock.of("w.length"));
    return head(signatures).addCode(printer.print(sgd)).build();
  }

  /** The rows of an update under their own names. */
  public static Map<Variable, String> arrays(RowProgram update) {
    return update.rows().stream().collect(Collectors.toMap(row -> row, Variable::name));
  }

  // boolean maximize = sgd.maximize();
  // boolean nesterov = sgd.nesterov();
  // float decay = (float) sgd.weightDecay();
  // float momentum = (float) sgd.momentum();
  // float share = (float) (1 - sgd.dampening());
  // boolean decays = decay != 0;
  // boolean remembers = buffer != null;
  // float[] m = remembers ? buffer : w;
  /** The method up to its loop. */
  public static MethodSpec.Builder head(Signatures signatures) {
    Scalar scalar = signatures.scalar();
    String cast = scalar == Scalar.FLOAT ? "(float) " : "";
    return signatures
        .choice()
        .kernel(
            KernelNames.SGD,
            "Parameters w by stochastic gradient descent with the gradient g, the formula of torch.optim.SGD:"
                + "\n{@code d = g} (or {@code -g} to maximize) {@code + weightDecay w}; with momentum, {@code m = d} at first, then"
                + "\n{@code m = momentum m + (1 - dampening) d}, and the step is {@code m} ({@code d + momentum m} for Nesterov's), else d;"
                + "\n{@code w = w - learningRate step}. The momentum is in {@code buffer}, which is null without.\n")
        .addParameter(SGD, "sgd")
        .addParameter(scalar.type(), "learningRate")
        .addParameter(TypeName.BOOLEAN, "first")
        .addParameter(scalar.array(), "w")
        .addParameter(scalar.array(), "g")
        .addParameter(scalar.array(), "buffer")
        .addStatement("boolean maximize = sgd.maximize()")
        .addStatement("boolean nesterov = sgd.nesterov()")
        .addStatement("$T decay = $Lsgd.weightDecay()", scalar.type(), cast)
        .addStatement("$T momentum = $Lsgd.momentum()", scalar.type(), cast)
        .addStatement("$T share = $L(1 - sgd.dampening())", scalar.type(), cast)
        .addStatement("boolean decays = decay != 0")
        .addStatement("boolean remembers = buffer != null")
        .addStatement("$T m = remembers ? buffer : w", scalar.array());
  }
}
