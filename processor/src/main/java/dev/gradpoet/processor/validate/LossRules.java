package dev.gradpoet.processor.validate;

import dev.gradpoet.Activation;
import dev.gradpoet.Loss;
import dev.gradpoet.processor.diagnostic.ProblemCode;
import dev.gradpoet.processor.diagnostic.Site;
import dev.gradpoet.processor.read.NetworkSpec;
import dev.gradpoet.processor.valid.ValidLayer;
import java.util.EnumSet;
import java.util.Set;

/** Validates that a loss matches the output, and warns where it does but is almost always a mistake. */
final class LossRules {

  private static final Set<Activation> PROBABILITIES =
      EnumSet.of(Activation.SIGMOID, Activation.HARD_SIGMOID, Activation.SOFTMAX);

  private final NetworkSpec spec;
  private final Problems problems;

  LossRules(NetworkSpec spec, Problems problems) {
    this.spec = spec;
    this.problems = problems;
  }

  /** The classes of a class loss are the values of a vector. */
  void checkShape(Loss loss, ValidLayer output) {
    if ((loss == Loss.CROSS_ENTROPY || loss == Loss.NLL) && !output.shape().isVector()) {
      problems.add(
          ProblemCode.NOT_A_VECTOR,
          site(),
          loss + " needs a vector with one value for each class, but the output has the shape "
              + output.shape() + ": " + wayToVector(output));
    }
  }

  /** Flattened, the output has one value for each class only if all dimensions but one are 1. */
  private static String wayToVector(ValidLayer output) {
    return output.shape().sizes().contains(output.width())
        ? "end with a @Flatten layer"
        : "put a @Flatten layer before the layer of the classes";
  }

  void warn(Loss loss, ValidLayer output) {
    switch (loss) {
      case CROSS_ENTROPY -> warnOfCrossEntropy(output);
      case BCE -> {
        if (!PROBABILITIES.contains(output.activation().function())) {
          problems.add(
              ProblemCode.NOT_PROBABILITIES,
              site(),
              "BCE takes probabilities, but the activation of the output is "
                  + output.activation().function()
                  + ", whose values can be outside [0, 1]: use SIGMOID, or the loss BCE_WITH_LOGITS");
        }
      }
      case NLL, KL_DIV -> {
        if (output.activation().function() != Activation.LOG_SOFTMAX) {
          problems.add(
              ProblemCode.NOT_LOG_PROBABILITIES,
              site(),
              loss + " takes log-probabilities, but the activation of the output is "
                  + output.activation().function()
                  + ": use LOG_SOFTMAX, or the loss CROSS_ENTROPY, which takes logits");
        }
      }
      case BCE_WITH_LOGITS -> {
        if (PROBABILITIES.contains(output.activation().function())) {
          problems.add(
              ProblemCode.SIGMOID_TWICE,
              site(),
              "BCE_WITH_LOGITS takes logits and applies sigmoid itself, but the activation of the output is "
                  + output.activation().function()
                  + ": remove the activation, or use BCE");
        }
      }
      case NONE, MSE, L1, SMOOTH_L1, HUBER -> {}
    }
  }

  private void warnOfCrossEntropy(ValidLayer output) {
    if (output.width() == 1) {
      problems.add(
          ProblemCode.ONE_CLASS,
          site(),
          "CROSS_ENTROPY with 1 output is always 0: use BCE_WITH_LOGITS for two classes, or one output per class");
    }
    if (output.activation().function() == Activation.SOFTMAX) {
      problems.add(
          ProblemCode.SOFTMAX_TWICE,
          site(),
          "CROSS_ENTROPY takes logits and applies softmax itself, but the activation of the output is SOFTMAX:"
              + " remove the activation");
    }
  }

  private Site site() {
    return spec.loss().orElseThrow().site();
  }
}
