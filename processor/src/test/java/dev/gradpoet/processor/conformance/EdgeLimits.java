package dev.gradpoet.processor.conformance;

import dev.gradpoet.DType;
import java.util.OptionalDouble;

/** What is expected where the results are known to part from PyTorch: the limit of the formula, where PyTorch has no number. */
final class EdgeLimits {

  private EdgeLimits() {}

  /** What stands in for a column of activations or losses, if anything does. */
  static OptionalDouble of(String what, EdgeCase each, int column) {
    double x = each.number(0);
    if (Double.isNaN(x)) {
      // PyTorch's sign of NaN is 0, ours NaN, so that a derivative of NaN is seen
      return each.isOfSign() ? OptionalDouble.of(Double.NaN) : OptionalDouble.empty();
    }
    if (!each.numbers().get(column).equals("NaN")) {
      return OptionalDouble.empty();
    }
    return switch (each.function()) {
      // PyTorch's square overflows before the product that it is part of is 0; further out, ours,
      // too
      case "GELU_TANH" ->
        column == 2 && Math.abs(x) < (each.dtype() == DType.FLOAT32 ? 1e20 : 1e301)
            ? OptionalDouble.of(x > 0 ? 1 : 0)
            : OptionalDouble.empty();
      case "SOFTSIGN" -> column == 2 ? OptionalDouble.of(0) : OptionalDouble.empty();
      // delta times the distance, less delta's own half, is no number to PyTorch
      case "HUBER" ->
        column == 2 && each.options().contains("INFINITY")
            ? OptionalDouble.of(Double.POSITIVE_INFINITY)
            : OptionalDouble.empty();
      // exp(target) is 0 in float, but not in double, in which Functional computes
      case "KL_DIV" ->
        what.equals("Functional")
                && each.dtype() == DType.FLOAT32
                && each.options().equals("logTarget=true")
                && x == Double.NEGATIVE_INFINITY
                && each.number(1) == -120
            ? OptionalDouble.of(Double.POSITIVE_INFINITY)
            : OptionalDouble.empty();
      default -> OptionalDouble.empty();
    };
  }

  /** The cross entropy of a row of floats in double, which holds the distances of all floats; where they overflow in float, PyTorch has no number. */
  static OptionalDouble crossEntropy(EdgeCase each) {
    double[] x = each.row(0);
    if (each.dtype() != DType.FLOAT32 || x[0] != 3e38f || !each.numbers().get(2).equals("NaN")) {
      return OptionalDouble.empty();
    }
    double[] target = each.row(1);
    if (target.length == 1) {
      double[] dense = new double[3];
      dense[(int) target[0]] = 1;
      target = dense;
    }
    double[] weights = each.options().isEmpty() ? new double[] {1, 1, 1} : new double[] {1, 0, 2};
    double sum = 0;
    for (double one : x) {
      sum += Math.exp(one - x[0]);
    }
    double loss = 0;
    for (int c = 0; c < 3; c++) {
      double factor = weights[c] * target[c];
      loss += factor == 0 ? 0 : factor * (x[0] - x[c] + Math.log(sum));
    }
    return OptionalDouble.of(loss);
  }
}
