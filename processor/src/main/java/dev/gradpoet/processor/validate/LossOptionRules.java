package dev.gradpoet.processor.validate;

import dev.gradpoet.Loss;
import dev.gradpoet.Reduction;
import dev.gradpoet.processor.diagnostic.ProblemCode;
import dev.gradpoet.processor.diagnostic.Site;
import dev.gradpoet.processor.read.NetworkSpec.LossOptionsSpec;
import dev.gradpoet.processor.read.Sited;
import dev.gradpoet.processor.valid.ValidLoss;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Validates the options of a loss. */
final class LossOptionRules {

  private final Problems problems;
  private final Narrowing narrowing;

  LossOptionRules(Problems problems, Narrowing narrowing) {
    this.problems = problems;
    this.narrowing = narrowing;
  }

  /**
   * The loss with its options; meaningless if there are errors.
   *
   * @param outputs the width of the output; empty if unknown because of an error
   */
  ValidLoss check(Loss function, Optional<LossOptionsSpec> options, Optional<Integer> outputs) {
    ValidLoss plain = ValidLoss.of(function);
    if (options.isEmpty()) {
      return plain;
    }
    LossOptionsSpec written = options.get();
    if (function == Loss.NONE) {
      problems.add(
          ProblemCode.OPTIONS_WITHOUT_LOSS,
          written.site(),
          "@LossOptions on a network without a loss: set the loss of @Network, or remove the options");
      return plain;
    }
    written.numbers().forEach((name, value) -> {
      if (belongs(function, name, value.site())) {
        checkNumber(name, value);
      }
    });
    written.weights().forEach((name, values) -> {
      if (belongs(function, name, values.site())) {
        checkWeights(name, values, outputs);
      }
    });
    written.logTarget().ifPresent(value -> belongs(function, "logTarget", value.site()));
    written.reduction().ifPresent(reduction -> checkReduction(function, reduction));
    return new ValidLoss(
        function,
        written.reduction().map(Sited::value).orElse(plain.reduction()),
        number(written, "labelSmoothing", plain.labelSmoothing()),
        (int) number(written, "ignoreIndex", plain.ignoreIndex()),
        weights(written, "classWeights", outputs),
        weights(written, "posWeight", outputs),
        weights(written, "weight", outputs),
        beta(written, plain),
        number(written, "delta", plain.delta()),
        written.logTarget().map(Sited::value).orElse(false));
  }

  private boolean belongs(Loss function, String name, Site site) {
    List<String> known = options(function);
    if (known.contains(name)) {
      return true;
    }
    problems.add(
        ProblemCode.NOT_AN_OPTION_OF_LOSS,
        site,
        name + " is not an option of " + function + ", expected reduction"
            + known.stream().map(option -> " or " + option).reduce("", String::concat)
            + ": remove it (it is an option of " + owners(name) + ")");
    return false;
  }

  /** The losses that have an option. */
  private static String owners(String option) {
    return Stream.of(Loss.values())
        .filter(function -> options(function).contains(option))
        .map(Loss::name)
        .collect(Collectors.joining(" and "));
  }

  private static List<String> options(Loss function) {
    return switch (function) {
      case NONE, MSE, L1 -> List.of();
      case SMOOTH_L1 -> List.of("beta");
      case HUBER -> List.of("delta");
      case BCE -> List.of("weight");
      case BCE_WITH_LOGITS -> List.of("weight", "posWeight");
      case CROSS_ENTROPY -> List.of("labelSmoothing", "ignoreIndex", "classWeights");
      case NLL -> List.of("ignoreIndex", "classWeights");
      case KL_DIV -> List.of("logTarget");
    };
  }

  private void checkNumber(String name, Sited<Double> value) {
    double number = value.value();
    switch (name) {
      case "labelSmoothing" ->
        require(number >= 0 && number <= 1, name, value, "a number from 0 to 1");
      case "beta" ->
        require(
            number >= 0 && narrowing.isFinite(number),
            name,
            value,
            "a finite number of at least 0");
      // an infinite delta is never reached
      case "delta" -> require(narrowing.of(number) > 0, name, value, "a number above 0");
      default -> {
        // ignoreIndex: any int is valid
      }
    }
  }

  private void checkWeights(
      String name, Sited<List<Sited<Double>>> values, Optional<Integer> outputs) {
    int length = values.value().size();
    boolean single = name.equals("posWeight") && length == 1;
    if (outputs.isPresent() && length != outputs.get() && !single) {
      problems.add(
          ProblemCode.WEIGHTS_LENGTH,
          values.site(),
          name + " has " + length + (length == 1 ? " value" : " values") + ", expected "
              + (name.equals("posWeight") ? "1 or " : "") + outputs.get()
              + ", one for each output");
    }
    for (Sited<Double> value : values.value()) {
      require(
          value.value() >= 0 && narrowing.isFinite(value.value()),
          "a value of " + name,
          value,
          "a finite number of at least 0");
    }
  }

  private void checkReduction(Loss function, Sited<Reduction> reduction) {
    if (reduction.value() == Reduction.BATCH_MEAN && function != Loss.KL_DIV) {
      problems.add(
          ProblemCode.NOT_AN_OPTION_OF_LOSS,
          reduction.site(),
          "BATCH_MEAN is a reduction of KL_DIV only, expected MEAN, SUM or NONE for " + function);
    }
  }

  private void require(boolean right, String name, Sited<Double> value, String expected) {
    if (!right) {
      problems.add(
          ProblemCode.OPTION_OUT_OF_RANGE,
          value.site(),
          name + " is " + narrowing.describe(value.value()) + ", expected " + expected);
    }
  }

  /** The beta, or 0 if it is rounded to 0 in the network's dtype: the loss then has a different formula. */
  private double beta(LossOptionsSpec written, ValidLoss plain) {
    double beta = number(written, "beta", plain.beta());
    return narrowing.of(beta) == 0 ? 0 : beta;
  }

  private static double number(LossOptionsSpec written, String name, double otherwise) {
    Sited<Double> value = written.numbers().get(name);
    return value == null ? otherwise : value.value();
  }

  /** The weights of an option; a single weight is repeated for every output. */
  private static List<Double> weights(
      LossOptionsSpec written, String name, Optional<Integer> outputs) {
    Sited<List<Sited<Double>>> values = written.weights().get(name);
    if (values == null) {
      return List.of();
    }
    List<Double> weights = values.value().stream().map(Sited::value).toList();
    return weights.size() == 1 && outputs.isPresent()
        ? Collections.nCopies(outputs.get(), weights.get(0))
        : weights;
  }
}
