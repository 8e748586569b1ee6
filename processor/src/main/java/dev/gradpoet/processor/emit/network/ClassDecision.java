package dev.gradpoet.processor.emit.network;

import static dev.gradpoet.processor.emit.code.RuntimeTypes.ROWS;

import com.palantir.javapoet.CodeBlock;
import dev.gradpoet.Activation;
import dev.gradpoet.Loss;
import dev.gradpoet.processor.emit.code.Scalar;
import dev.gradpoet.processor.validate.ValidActivation;
import dev.gradpoet.processor.validate.ValidSpec;
import java.util.EnumSet;
import java.util.Set;

/**
 * How the class of a row is read off its outputs: the largest of several; of a single one, whether it is above what the last activation makes of 0,
 * which is a probability of one half.
 */
public final class ClassDecision {

  private static final Set<Loss> REGRESSION =
      EnumSet.of(Loss.MSE, Loss.L1, Loss.SMOOTH_L1, Loss.HUBER);

  /** Those with two sides, which stand for two classes whatever the loss. */
  private static final Set<Activation> TWO_SIDED = EnumSet.of(
      Activation.SIGMOID,
      Activation.LOG_SIGMOID,
      Activation.HARD_SIGMOID,
      Activation.TANH,
      Activation.HARD_TANH,
      Activation.SOFTSIGN);

  private final ValidSpec spec;
  private final Scalar scalar;
  private final ValidActivation last;

  public ClassDecision(ValidSpec spec, Scalar scalar) {
    this.spec = spec;
    this.scalar = scalar;
    this.last = spec.layers().get(spec.layers().size() - 1).activation();
  }

  /** Whether there are classes: one number that is trained to be near another stands for none. */
  public boolean exists() {
    return spec.outputs() > 1
        || !REGRESSION.contains(spec.loss().function())
        || TWO_SIDED.contains(last.function());
  }

  /** {@code Rows.argmax(row.logits, OUTPUTS)} or {@code row.result[0] > 0.5f ? 1 : 0}. */
  public CodeBlock of(CodeBlock output) {
    return isLargest()
        ? CodeBlock.of("$T.argmax($L, OUTPUTS)", ROWS, output)
        : CodeBlock.of("$L[0] > $L ? 1 : 0", output, scalar.literal(threshold()));
  }

  /** {@code the index of the largest output}. */
  public CodeBlock inWords() {
    return isLargest()
        ? CodeBlock.of("the index of the largest output")
        : CodeBlock.of("1 if the output is above {@code $L}, else 0", scalar.literal(threshold()));
  }

  /** One output of a distribution over classes is that of the only class, 0. */
  private boolean isLargest() {
    if (spec.loss().function() == Loss.BCE) {
      return spec.outputs() > 1; // a single output is the probability of class 1
    }
    return spec.outputs() > 1
        || spec.loss().function() == Loss.CROSS_ENTROPY
        || spec.loss().function() == Loss.NLL
        || last.function() == Activation.SOFTMAX
        || last.function() == Activation.LOG_SOFTMAX;
  }

  private double threshold() {
    if (spec.loss().function() == Loss.BCE) {
      return 0.5;
    }
    return switch (last.function()) {
      case SIGMOID, HARD_SIGMOID -> 0.5;
      case LOG_SIGMOID -> -StrictMath.log(2);
      case SOFTPLUS -> last.threshold() < 0 ? 0 : StrictMath.log(2) / last.beta();
      case HARD_TANH -> Math.min(Math.max(0, last.minVal()), last.maxVal());
      case IDENTITY,
          RELU,
          LEAKY_RELU,
          ELU,
          SELU,
          CELU,
          GELU,
          GELU_TANH,
          SILU,
          MISH,
          HARD_SWISH,
          RELU6,
          SOFTSIGN,
          TANH,
          SOFTMAX,
          LOG_SOFTMAX -> 0;
    };
  }
}
