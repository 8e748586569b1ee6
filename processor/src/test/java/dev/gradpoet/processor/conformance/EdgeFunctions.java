package dev.gradpoet.processor.conformance;

import dev.gradpoet.DType;
import dev.gradpoet.Reduction;
import dev.gradpoet.runtime.Functional;
import dev.gradpoet.runtime.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The functions of {@link Functional} that the tables of edges speak of. */
final class EdgeFunctions {

  private EdgeFunctions() {}

  /** An activation without options. */
  static Optional<UnaryOperator<Tensor>> activation(EdgeCase network) {
    if (!network.options().isEmpty()) {
      return Optional.empty();
    }
    String[] words = network.function().toLowerCase(Locale.ROOT).split("_");
    StringBuilder name = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      name.append(words[i].substring(0, 1).toUpperCase(Locale.ROOT)).append(words[i].substring(1));
    }
    return Optional.of(x -> {
      try {
        return (Tensor)
            Functional.class.getMethod(name.toString(), Tensor.class).invoke(null, x);
      } catch (ReflectiveOperationException e) {
        throw new AssertionError(e);
      }
    });
  }

  /** The loss of each pair. */
  static double[] losses(List<EdgeCase> cases) {
    DType dtype = cases.get(0).dtype();
    Tensor x = Tensor.of(cases.stream().mapToDouble(e -> e.number(0)).toArray()).to(dtype);
    Tensor t = Tensor.of(cases.stream().mapToDouble(e -> e.number(1)).toArray()).to(dtype);
    Reduction none = Reduction.NONE;
    Tensor losses = switch (cases.get(0).function()) {
      case "MSE" -> Functional.mseLoss(x, t, none);
      case "L1" -> Functional.l1Loss(x, t, none);
      case "SMOOTH_L1" ->
        Functional.smoothL1Loss(x, t, none, cases.get(0).options().isEmpty() ? 1 : 0);
      case "HUBER" ->
        Functional.huberLoss(
            x, t, none, cases.get(0).options().isEmpty() ? 1 : Double.POSITIVE_INFINITY);
      case "BCE" -> Functional.binaryCrossEntropy(x, t, none);
      case "BCE_WITH_LOGITS" -> Functional.binaryCrossEntropyWithLogits(x, t, none);
      case "KL_DIV" -> Functional.klDiv(x, t, none, !cases.get(0).options().isEmpty());
      default -> throw new AssertionError(cases.get(0));
    };
    return losses.toDoubleArray();
  }

  /** Cross entropy of a row with the options of its line. */
  static double crossEntropy(EdgeCase each, Tensor target) {
    Tensor x = Tensor.of(each.row(0), 1, 3).to(each.dtype());
    boolean weighted = each.options().startsWith("classWeights");
    Tensor weight = weighted ? Tensor.of(1.0, 0.0, 2.0).to(each.dtype()) : null;
    double smoothing = each.options().startsWith("labelSmoothing") ? 0.1 : 0;
    return Functional.crossEntropy(x, target, Reduction.SUM, weight, -100, smoothing)
        .get();
  }
}
