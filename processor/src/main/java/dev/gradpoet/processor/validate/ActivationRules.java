package dev.gradpoet.processor.validate;

import dev.gradpoet.Activation;
import dev.gradpoet.processor.diagnostic.ProblemCode;
import dev.gradpoet.processor.read.NetworkSpec.ActivationOptionsSpec;
import dev.gradpoet.processor.read.Sited;
import dev.gradpoet.processor.valid.ValidActivation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Validates the options of an activation. */
final class ActivationRules {

  private final Problems problems;
  private final Narrowing narrowing;

  ActivationRules(Problems problems, Narrowing narrowing) {
    this.problems = problems;
    this.narrowing = narrowing;
  }

  /** The activation with its options; meaningless if there are errors. */
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
          "@ActivationOptions of " + function + ", which has no options: remove it");
    }
    written.forEach((name, value) -> checkOption(function, known, name, value));
    ValidActivation chosen = new ValidActivation(
        function,
        value(written, "negativeSlope", plain.negativeSlope()),
        value(written, "alpha", plain.alpha()),
        // -0 and 0 are the same bound
        value(written, "minVal", plain.minVal()) + 0.0,
        value(written, "maxVal", plain.maxVal()) + 0.0,
        value(written, "beta", plain.beta()),
        value(written, "threshold", plain.threshold()));
    if (function == Activation.HARD_TANH) {
      checkBounds(written, chosen.minVal(), chosen.maxVal());
    }
    return chosen;
  }

  private void checkBounds(Map<String, Sited<Double>> written, double min, double max) {
    double low = narrowing.of(min);
    double high = narrowing.of(max);
    if (low >= high) {
      String last = written.containsKey("maxVal") ? "maxVal" : "minVal";
      problems.add(
          ProblemCode.OPTION_OUT_OF_RANGE,
          written.get(last).site(),
          last + " is " + written.get(last).value() + ", expected minVal below maxVal, but "
              + narrowing.where(min, max) + "minVal is " + low + " and maxVal " + high);
    }
  }

  private void checkOption(
      Activation function, List<String> known, String name, Sited<Double> value) {
    if (!known.contains(name)) {
      problems.add(
          ProblemCode.NOT_AN_OPTION_OF_ACTIVATION,
          value.site(),
          name + " is not an option of " + function
              + (known.isEmpty() ? ", which has none" : ", expected " + String.join(" or ", known))
              + ": remove it (it is an option of " + owners(name) + ")");
    } else if (Double.isNaN(value.value())) {
      outOfRange(value, name, "a number");
    } else if (name.equals("minVal") || name.equals("maxVal") || name.equals("threshold")) {
      return; // infinity means that there is no bound or that the threshold is never reached
    } else if (!narrowing.isFinite(value.value())) {
      outOfRange(value, name, "a finite number");
    } else if (name.equals("alpha") && function == Activation.CELU) {
      checkDivisor(value, name);
    } else if (name.equals("beta") && narrowing.of(value.value()) <= 0) {
      outOfRange(value, name, "a number above 0");
    }
  }

  private void checkDivisor(Sited<Double> value, String name) {
    if (narrowing.of(value.value()) == 0) {
      outOfRange(value, name, "a number other than 0, because CELU divides by it");
    } else if (!narrowing.isFinite(1 / value.value())) {
      outOfRange(
          value,
          name,
          "a larger absolute value: 1 / " + name + ", by which CELU multiplies, is "
              + narrowing.describe(1 / value.value()));
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
        name + " is " + narrowing.describe(value.value()) + ", expected " + expected);
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
