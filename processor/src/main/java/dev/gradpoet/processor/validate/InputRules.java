package dev.gradpoet.processor.validate;

import dev.gradpoet.processor.diagnostic.ProblemCode;
import dev.gradpoet.processor.read.NetworkSpec.InputSpec;
import dev.gradpoet.processor.read.NetworkSpec.MethodSpec;
import dev.gradpoet.processor.read.Sited;
import dev.gradpoet.processor.shape.Shape;
import dev.gradpoet.processor.valid.ValidInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Validates the inputs that methods declare. */
final class InputRules {

  /** Each input is an argument of methods, and a Java method has at most 255. */
  private static final int MAX_INPUTS = 64;

  private final Problems problems;
  private final SizeRules sizes;

  InputRules(Problems problems, SizeRules sizes) {
    this.problems = problems;
    this.sizes = sizes;
  }

  /**
   * The inputs in order, each empty if it is invalid.
   *
   * @param check the checks of all methods
   */
  Map<String, Optional<ValidInput>> inputs(List<MethodSpec> methods, Consumer<MethodSpec> check) {
    Map<String, Optional<ValidInput>> inputs = new LinkedHashMap<>();
    Map<String, String> constants = new LinkedHashMap<>();
    Optional<String> layer = Optional.empty();
    for (MethodSpec method : methods) {
      if (method.input().isEmpty()) {
        layer = layer.or(() -> Optional.of(method.name()));
        continue;
      }
      check.accept(method);
      layer.ifPresent(first -> rejectLate(method, first));
      rejectOptions(method);
      rejectSameConstant(method, constants);
      inputs.put(method.name(), input(method));
    }
    if (inputs.size() > MAX_INPUTS) {
      problems.add(
          ProblemCode.TOO_MANY_LAYERS,
          methods.stream()
              .filter(m -> m.input().isPresent())
              .toList()
              .get(MAX_INPUTS)
              .site(),
          inputs.size() + " inputs, expected at most " + MAX_INPUTS
              + ": declare inputs of the same kind as one, with more values");
    }
    return inputs;
  }

  private void rejectLate(MethodSpec method, String layer) {
    problems.add(
        ProblemCode.LATE_INPUT,
        method.input().orElseThrow().site(),
        "the input " + method.name() + " follows the layer " + layer
            + ", expected all inputs before the first layer: move " + method.name() + " up");
  }

  private void rejectOptions(MethodSpec method) {
    method
        .activationOptions()
        .ifPresent(options -> problems.add(
            ProblemCode.NOT_AN_OPTION_OF_ACTIVATION,
            options.site(),
            "@ActivationOptions on the input " + method.name()
                + ", which has no activation: remove it"));
  }

  /** The constant of an input is its name in upper case, which two names can have in common. */
  private void rejectSameConstant(MethodSpec method, Map<String, String> constants) {
    String constant = ValidInput.constant(method.name());
    String other = constants.putIfAbsent(constant, method.name());
    if (other != null) {
      problems.add(
          ProblemCode.RESERVED_NAME,
          method.site(),
          "the inputs " + other + " and " + method.name() + " both have the constant " + constant
              + " in the generated class, expected different names: rename one of the two");
    }
  }

  private Optional<ValidInput> input(MethodSpec method) {
    InputSpec spec = method.input().orElseThrow();
    String name = method.name();
    Optional<Shape> shape = sizes.input(name, spec.sizes());
    boolean valid = spec.classes().map(this::checkClasses).orElse(true);
    List<Sited<Integer>> dimensions = spec.sizes().value();
    if (spec.classes().isPresent() && shape.isPresent() && dimensions.size() > 1) {
      problems.add(
          ProblemCode.WRONG_RANK,
          spec.sizes().site(),
          name + " has " + dimensions.size()
              + " sizes, expected 1 because it holds class indices: the number of indices in a row");
      return Optional.empty();
    }
    return shape
        .filter(known -> valid)
        .map(known -> new ValidInput(
            name,
            known,
            spec.classes().map(Sited::value).map(OptionalInt::of).orElse(OptionalInt.empty()),
            true));
  }

  private boolean checkClasses(Sited<Integer> classes) {
    if (classes.value() < 1) {
      problems.add(
          ProblemCode.SIZE_NOT_POSITIVE,
          classes.site(),
          "classes is " + classes.value()
              + ", expected at least 1: leave it out for an input of numbers");
    }
    return classes.value() >= 1;
  }

  /** All inputs, if none is invalid. */
  static List<ValidInput> valid(Map<String, Optional<ValidInput>> inputs) {
    List<ValidInput> valid = new ArrayList<>();
    inputs.values().forEach(input -> input.ifPresent(valid::add));
    return valid;
  }
}
