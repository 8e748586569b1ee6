package dev.gradpoet.processor.emit.kernel;

import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.emit.kernel.vector.VectorFormula;
import dev.gradpoet.processor.graph.formula.ActivationOp;
import dev.gradpoet.processor.plan.Requirement;

/**
 * What a kernel of a layer does to each row that is complete: a method of {@code from}, {@code to} and {@code width}.
 *
 * @param activation an activation
 * @param gradient whether its derivative turns the gradient {@code to} in place; if not, it is applied to {@code from}
 */
public record RowFunction(ActivationOp activation, boolean gradient) {

  static RowFunction of(Requirement.Function required) {
    return new RowFunction(required.activation(), required.gradient());
  }

  /** {@code relu} or {@code reluGradient}; activations that differ in a parameter want the same. */
  public String wantedName() {
    return activation.name() + (gradient ? "Gradient" : "");
  }

  /** Whether all families print it alike: float64 functions are fdlibm's, and the sum of a log-softmax is one chain in double. */
  public boolean isShared(Scalar scalar) {
    return scalar == Scalar.DOUBLE || activation instanceof ActivationOp.LogSoftmax;
  }

  /** Whether its vectors are more than one loop may have, and their first loop keeps something beside the gradient. */
  public boolean needsScratch(Scalar scalar, KernelChoice choice) {
    return gradient
        && scalar == Scalar.FLOAT
        && choice.isMade()
        && VectorFormula.isLong(activation, true);
  }

  /** The Javadoc of its method. */
  public String inWords() {
    return activation.match(new ActivationOp.Cases<>() {
      @Override
      public String elementwise(ActivationOp.Elementwise op) {
        if (!gradient) {
          return "{@code to = " + op.name() + "(from)}.\n";
        }
        return "{@code to = " + op.name() + "'(to)}, a gradient in place; {@code from} is the "
            + (op.reads() == ActivationOp.Reads.INPUT ? "input" : "output")
            + " of the function.\n";
      }

      @Override
      public String softmax(ActivationOp.Softmax op) {
        return gradient
            ? "{@code to = from (to - sum to from)}, from being the softmax.\n"
            : "{@code to = e^(from - max) / sum e^(from - max)}; the largest is taken out so that nothing overflows.\n";
      }

      @Override
      public String logSoftmax(ActivationOp.LogSoftmax op) {
        return gradient
            ? "{@code to = to - e^from sum to}, from being the log-softmax.\n"
            : "{@code to = from - max - log sum e^(from - max)}; the largest is taken out so that nothing overflows.\n";
      }
    });
  }
}
