package dev.gradpoet.processor.validate;

import dev.gradpoet.Activation;
import dev.gradpoet.processor.diagnostic.ProblemCode;
import dev.gradpoet.processor.read.NetworkSpec.ActivationOptionsSpec;
import dev.gradpoet.processor.read.Sited;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges the options of an activation. */
final class ActivationRules {

  private final Problems problems;

  ActivationRules(Problems problems) {
    this.problems = problems;
  }

  /** The activation with its options; of no use if there are errors. */
  ValidActivation check(Activation function, Optional<ActivationOptionsSpec> options) {
    ValidActivation plain = ValidActivation.of(function);
    if (options.isEmpty()) {
      return plain;
    }
    Map<String, Sited<Double>> written = options.get().numbers();
    List<String> known = options(function);
    if (known.isEmpty() && written.isEmpty()) {
      problems.add(
          ProblemCode.NOT_AN_OPTION_OF_ACTIVATION,
          options.get().site(),
          "@ActivationOptions of " + function + ", which has no options: leave it out");
    }
    written.forEach((name, value) -> checkOption(function, known, name, value));
    ValidActivation chosen = new ValidActivation(
        function,
        value(written, "negativeSlope", plain.negativeSlope()),
        value(written, "alpha", plain.alpha()),
        value(written, "minVal", plain.minVal()),
        value(written, "maxVal", plain.maxVal()),
        value(written, "beta", plain.beta()),
        value(written, "threshold", plain.threshold()));
    if (function == Activation.HARD_TANH && chosen.minVal() >= chosen.maxVal()) {
      String last = written.containsKey("maxVal") ? "maxVal" : "minVal";
      outOfRange(
          written.get(last),
          last,
          "minVal below maxVal, but minVal is " + chosen.minVal() + " and maxVal "
              + chosen.maxVal());
    }
    return chosen;
  }

  private void checkOption(
      Activation function, List<String> known, String name, Sited<Double> value) {
    if (!known.contains(name)) {
      problems.add(
          ProblemCode.NOT_AN_OPTION_OF_ACTIVATION,
          value.site(),
          name + " is no option of " + function
              + (known.isEmpty() ? ", which has none" : ", expected " + String.join(" or ", known))
              + ": leave it out (it is one of " + owners(name) + ")");
    } else if (!Double.isFinite(value.value())) {
      outOfRange(value, name, "a finite number");
    } else if (name.equals("alpha") && function == Activation.CELU && value.value() == 0) {
      outOfRange(value, name, "another number than 0, by which CELU divides");
    } else if (name.equals("beta") && value.value() <= 0) {
      outOfRange(value, name, "a number above 0");
    }
  }

  /** The activations that have an option. */
  private static String owners(String option) {
    return Stream.of(Activation.values())
        .filter(function -> options(function).contains(option))
        .map(Activation::name)
        .collect(Collectors.joining(" and "));
  }

  private void outOfRange(Sited<Double> value, String name, String expected) {
    problems.add(
        ProblemCode.OPTION_OUT_OF_RANGE,
        value.site(),
        name + " is " + value.value() + ", expected " + expected);
  }

  private static double value(Map<String, Sited<Double>> written, String name, double otherwise) {
    return written.containsKey(name) ? written.get(name).value() : otherwise;
  }

  private static List<String> options(Activation function) {
    return switch (function) {
      case LEAKY_RELU -> List.of("negativeSlope");
      case ELU, CELU -> List.of("alpha");
      case HARD_TANH -> List.of("minVal", "maxVal");
      case SOFTPLUS -> List.of("beta", "threshold");
      case IDENTITY,
          RELU,
          SELU,
          GELU,
          GELU_TANH,
          SILU,
          MISH,
          SIGMOID,
          LOG_SIGMOID,
          HARD_SIGMOID,
          HARD_SWISH,
          RELU6,
          SOFTSIGN,
          TANH,
          SOFTMAX,
          LOG_SOFTMAX -> List.of();
    };
  }
}
