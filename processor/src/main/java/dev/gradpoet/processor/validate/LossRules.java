package dev.gradpoet.processor.validate;

import dev.gradpoet.Activation;
import dev.gradpoet.Loss;
import dev.gradpoet.processor.diagnostic.ProblemCode;
import dev.gradpoet.processor.diagnostic.Site;
import dev.gradpoet.processor.read.NetworkSpec;

/** Notes on losses that do not fit the output: each is legal, and hardly ever meant. Not a warning, which would fail a build with -Werror. */
final class LossRules {

  private final NetworkSpec spec;
  private final Problems problems;

  LossRules(NetworkSpec spec, Problems problems) {
    this.spec = spec;
    this.problems = problems;
  }

  void note(Loss loss, ValidLayer output) {
    switch (loss) {
      case CROSS_ENTROPY -> noteOnCrossEntropy(output);
      case BCE -> {
        if (output.activation() != Activation.SIGMOID
            && output.activation() != Activation.SOFTMAX) {
          problems.add(
              ProblemCode.NOT_PROBABILITIES,
              site(),
              "BCE takes probabilities, but the activation of the output is " + output.activation()
                  + ", which leaves [0, 1]: end in SIGMOID, or use BCE_WITH_LOGITS");
        }
      }
      case NONE, MSE, BCE_WITH_LOGITS -> {}
    }
  }

  private void noteOnCrossEntropy(ValidLayer output) {
    if (output.width() == 1) {
      problems.add(
          ProblemCode.ONE_CLASS,
          site(),
          "CROSS_ENTROPY of 1 output is always 0: use BCE_WITH_LOGITS for two classes, or an output for each class");
    }
    if (output.activation() == Activation.SOFTMAX) {
      problems.add(
          ProblemCode.SOFTMAX_TWICE,
          site(),
          "CROSS_ENTROPY takes logits and has a softmax of its own, but the activation of the output is SOFTMAX:"
              + " leave the activation out");
    }
  }

  private Site site() {
    return spec.loss().orElseThrow().site();
  }
}
