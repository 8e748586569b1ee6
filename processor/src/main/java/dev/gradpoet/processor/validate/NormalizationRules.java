package dev.gradpoet.processor.validate;

import dev.gradpoet.processor.diagnostic.ProblemCode;
import dev.gradpoet.processor.diagnostic.Site;
import dev.gradpoet.processor.read.LayerSpec;
import dev.gradpoet.processor.read.Sited;
import dev.gradpoet.processor.shape.Shape;
import dev.gradpoet.processor.valid.NormLayers;
import dev.gradpoet.processor.valid.ValidActivation;
import dev.gradpoet.processor.valid.ValidInput;
import dev.gradpoet.processor.valid.ValidLayer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;

/** Validates {@code @Normalization}: what it reads, and its constants. */
final class NormalizationRules {

  private static final String MEAN = "mean";
  private static final String STD = "std";

  private final Narrowing narrowing;
  private final Problems problems;
  private final Map<String, Optional<ValidInput>> inputs;

  NormalizationRules(
      Narrowing narrowing, Problems problems, Map<String, Optional<ValidInput>> inputs) {
    this.inputs = inputs;
    this.narrowing = narrowing;
    this.problems = problems;
  }

  /** The layer, or empty if its source is unknown. */
  Optional<ValidLayer> layer(
      String name,
      LayerSpec layer,
      Optional<String> source,
      Optional<Shape> input,
      ValidActivation activation) {
    source.filter(read -> !isInput(read)).ifPresent(read -> refuse(layer, read));
    Optional<Shape> ofInput = source.filter(this::isInput).flatMap(read -> input);
    Sited<List<Sited<Double>>> mean = layer.vectors().get(MEAN);
    Sited<List<Sited<Double>>> std = layer.vectors().get(STD);
    checkBoth(mean, STD, std);
    checkBoth(std, MEAN, mean);
    check(MEAN, mean, ofInput, value -> true, "a finite number");
    check(STD, std, ofInput, value -> value > 0, "a finite number above 0: it is a divisor");
    return input.map(shape -> new NormLayers.NormalizationLayer(
        name, source.orElseThrow(), shape, values(mean), values(std), activation));
  }

  private boolean isInput(String source) {
    return inputs.containsKey(source);
  }

  private void refuse(LayerSpec layer, String source) {
    Site site = layer.from().map(from -> from.value().get(0).site()).orElse(layer.site());
    problems.add(
        ProblemCode.MEMBER_OUT_OF_RANGE,
        site,
        "@Normalization reads " + source + ", expected " + dense()
            + " of the network; after other layers, use @LayerNorm or @BatchNorm");
  }

  /** What may be read. */
  private String dense() {
    List<String> dense = inputs.entrySet().stream()
        .filter(input ->
            input.getValue().filter(known -> known.classes().isPresent()).isEmpty())
        .map(input -> '"' + input.getKey() + '"')
        .toList();
    return switch (dense.size()) {
      case 0 -> "an input of numbers: it is fitted to an input";
      case 1 -> dense.get(0) + ": it is fitted to the input";
      default -> "one of " + String.join(", ", dense) + ": it is fitted to an input";
    };
  }

  /** Checks that a vector does not stand alone. */
  private void checkBoth(
      Sited<List<Sited<Double>>> vector, String other, Sited<List<Sited<Double>>> otherVector) {
    if (isEmpty(vector) || !isEmpty(otherVector)) {
      return;
    }
    problems.add(
        ProblemCode.MEMBER_OUT_OF_RANGE,
        vector.site(),
        other + " is missing, expected " + MEAN + " and " + STD + " or neither: give the "
            + (other.equals(STD) ? "deviations" : "means") + ", too");
  }

  private void check(
      String name,
      Sited<List<Sited<Double>>> vector,
      Optional<Shape> input,
      DoublePredicate valid,
      String expected) {
    if (isEmpty(vector)) {
      return;
    }
    int length = vector.value().size();
    if (input.filter(shape -> shape.first() != length).isPresent()) {
      Shape shape = input.get();
      problems.add(
          ProblemCode.MEMBER_OUT_OF_RANGE,
          vector.site(),
          name + " has " + length + (length == 1 ? " value" : " values") + ", expected "
              + shape.first() + ", one for each "
              + (shape.isVector() ? "value of the input" : "channel of the input")
              + ": its shape is " + shape);
    }
    for (Sited<Double> value : vector.value()) {
      double number = value.value();
      if (!narrowing.isFinite(number) || !valid.test(narrowing.of(number))) {
        problems.add(
            ProblemCode.MEMBER_OUT_OF_RANGE,
            value.site(),
            "a value of " + name + " is " + narrowing.describe(number) + ", expected " + expected);
      }
    }
  }

  private static boolean isEmpty(Sited<List<Sited<Double>>> vector) {
    return vector == null || vector.value().isEmpty();
  }

  private static List<Double> values(Sited<List<Sited<Double>>> vector) {
    return isEmpty(vector)
        ? List.of()
        : vector.value().stream().map(Sited::value).toList();
  }
}
