package dev.gradpoet.processor.validate;

import dev.gradpoet.processor.diagnostic.ProblemCode;
import dev.gradpoet.processor.read.LayerSpec;
import dev.gradpoet.processor.read.Sited;
import dev.gradpoet.processor.shape.Shape;
import dev.gradpoet.processor.valid.NormLayers;
import dev.gradpoet.processor.valid.ValidActivation;
import dev.gradpoet.processor.valid.ValidInput;
import dev.gradpoet.processor.valid.ValidLayer;
import java.util.Map;
import java.util.Optional;

/** Validates {@code @LayerNorm}, {@code @BatchNorm} and {@code @Normalization}. */
final class NormRules {

  private static final double DEFAULT_EPS = 1e-5;
  private static final double DEFAULT_MOMENTUM = 0.1;

  private final Narrowing narrowing;
  private final Problems problems;
  private final SizeRules sizes;
  private final Map<String, Optional<ValidInput>> inputs;

  /**
   * Rules for the layers of one network.
   *
   * @param inputs the inputs, empty if invalid
   */
  NormRules(
      Narrowing narrowing,
      Problems problems,
      SizeRules sizes,
      Map<String, Optional<ValidInput>> inputs) {
    this.narrowing = narrowing;
    this.problems = problems;
    this.sizes = sizes;
    this.inputs = inputs;
  }

  /**
   * The layer, or empty if its source is unknown or does not fit.
   *
   * @param source the name of what it reads
   * @param input the shape of that
   */
  Optional<ValidLayer> layer(
      String name,
      LayerSpec layer,
      Optional<String> source,
      Optional<Shape> input,
      ValidActivation activation) {
    return switch (layer.kind()) {
      case LAYER_NORM -> layerNorm(name, layer, source, input, activation);
      case BATCH_NORM -> batchNorm(name, layer, source, input, activation);
      case NORMALIZATION ->
        new NormalizationRules(narrowing, problems, inputs)
            .layer(name, layer, source, input, activation);
      default -> throw new IllegalArgumentException(layer.kind() + " is no norm");
    };
  }

  private Optional<ValidLayer> layerNorm(
      String name,
      LayerSpec layer,
      Optional<String> source,
      Optional<Shape> input,
      ValidActivation activation) {
    Sited<Integer> dims = layer.integers().get("dims");
    int normalized = dims == null ? 1 : dims.value();
    int rank = input.map(shape -> shape.sizes().size()).orElse(3);
    boolean inRange = normalized >= 1 && normalized <= rank;
    if (!inRange) {
      problems.add(
          ProblemCode.MEMBER_OUT_OF_RANGE,
          dims.site(),
          "dims is " + normalized + ", expected "
              + (rank == 1 ? "1" : "1 to " + rank)
              + input.map(shape -> ": the shape is " + shape).orElse(""));
    }
    double eps = eps(layer);
    if (input.isEmpty() || !inRange) {
      return Optional.empty();
    }
    boolean affine = layer.flag("affine", true);
    NormLayers.LayerNormLayer norm = new NormLayers.LayerNormLayer(
        name, source.orElseThrow(), input.get(), normalized, eps, affine, activation);
    if (affine) {
      sizes.checkVectors(2, norm.normalized().size(), layer.site());
    }
    return Optional.of(norm);
  }

  private Optional<ValidLayer> batchNorm(
      String name,
      LayerSpec layer,
      Optional<String> source,
      Optional<Shape> input,
      ValidActivation activation) {
    double eps = eps(layer);
    double momentum = momentum(layer);
    boolean affine = layer.flag("affine", true);
    if (affine && input.isPresent()) {
      sizes.checkVectors(2, input.get().first(), layer.site());
    }
    return input.map(shape -> new NormLayers.BatchNormLayer(
        name, source.orElseThrow(), shape, eps, momentum, affine, activation));
  }

  /** What a norm adds to the variance. */
  private double eps(LayerSpec layer) {
    Sited<Double> eps = layer.reals().get("eps");
    if (eps != null && !(eps.value() >= 0 && narrowing.isFinite(eps.value()))) {
      problems.add(
          ProblemCode.MEMBER_OUT_OF_RANGE,
          eps.site(),
          "eps is " + narrowing.describe(eps.value())
              + ", expected a finite number of at least 0: it is added to the variance, by default 1e-5");
    }
    return layer.real("eps", DEFAULT_EPS);
  }

  /** The share of the running statistics that a batch replaces. */
  private double momentum(LayerSpec layer) {
    double momentum = layer.real("momentum", DEFAULT_MOMENTUM) + 0.0; // -0 is 0
    if (!(momentum >= 0 && momentum <= 1)) {
      problems.add(
          ProblemCode.MEMBER_OUT_OF_RANGE,
          layer.reals().get("momentum").site(),
          "momentum is " + momentum
              + ", expected a number from 0 to 1: it is the share of the running statistics that a batch replaces, by default 0.1");
    }
    return momentum;
  }
}
