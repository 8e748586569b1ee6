package dev.gradpoet.processor.graph;

import dev.gradpoet.Activation;
import dev.gradpoet.Loss;
import dev.gradpoet.processor.valid.ValidActivation;
import dev.gradpoet.processor.valid.ValidSpec;
import java.util.EnumSet;
import java.util.Set;

/**
 * The rule that derives the class of a row from its outputs: the index of the largest of several outputs or, for a single output, whether it exceeds
 * the value of the last activation at 0, which corresponds to a probability of one half.
 *
 * @param kind how the class is found
 * @param threshold the threshold of a single output
 */
public record ClassDecision(Kind kind, double threshold) {

  /** How a class is found. */
  public enum Kind {
    /** There are no classes: neither the single output of a regression nor an output that is not a vector represents any. */
    NONE,
    /** The index of the largest output. */
    LARGEST,
    /** 1 if the single output is above the threshold, otherwise 0. */
    ABOVE
  }

  private static final Set<Loss> REGRESSION =
      EnumSet.of(Loss.MSE, Loss.L1, Loss.SMOOTH_L1, Loss.HUBER);

  /** Activations whose values below and above a midpoint represent two classes, regardless of the loss. */
  private static final Set<Activation> TWO_SIDED = EnumSet.of(
      Activation.SIGMOID,
      Activation.LOG_SIGMOID,
      Activation.HARD_SIGMOID,
      Activation.TANH,
      Activation.HARD_TANH,
      Activation.SOFTSIGN);

  static ClassDecision of(ValidSpec spec) {
    Loss loss = spec.loss().function();
    ValidActivation last = spec.layers().get(spec.layers().size() - 1).activation();
    if (!spec.layers().get(spec.layers().size() - 1).shape().isVector()) {
      return new ClassDecision(Kind.NONE, 0);
    }
    if (spec.outputs() > 1) {
      return new ClassDecision(Kind.LARGEST, 0);
    }
    if (REGRESSION.contains(loss) && !TWO_SIDED.contains(last.function())) {
      return new ClassDecision(Kind.NONE, 0);
    }
    return isDistribution(loss, last.function())
        ? new ClassDecision(Kind.LARGEST, 0)
        : new ClassDecision(Kind.ABOVE, threshold(loss, last));
  }

  /**
   * Whether the outputs are a distribution over classes. A single output then belongs to the only class, 0. With BCE, however, a single output is the
   * probability of class 1.
   */
  private static boolean isDistribution(Loss loss, Activation last) {
    return loss != Loss.BCE
        && (loss == Loss.CROSS_ENTROPY
            || loss == Loss.NLL
            || last == Activation.SOFTMAX
            || last == Activation.LOG_SOFTMAX);
  }

  private static double threshold(Loss loss, ValidActivation last) {
    if (loss == Loss.BCE) {
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
