package dev.gradpoet.processor.validate;

import dev.gradpoet.processor.diagnostic.ProblemCode;
import dev.gradpoet.processor.read.LayerSpec;
import dev.gradpoet.processor.read.Sited;

/** Validates the numbers of {@code @LayerNorm} and {@code @BatchNorm}. */
final class NormRules {

  private static final double DEFAULT_EPS = 1e-5;
  private static final double DEFAULT_MOMENTUM = 0.1;

  private final Narrowing narrowing;
  private final Problems problems;

  NormRules(Narrowing narrowing, Problems problems) {
    this.narrowing = narrowing;
    this.problems = problems;
  }

  /** What a norm adds to the variance. */
  double eps(LayerSpec layer) {
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
  double momentum(LayerSpec layer) {
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
