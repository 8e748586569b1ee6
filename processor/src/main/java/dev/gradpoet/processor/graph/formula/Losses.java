package dev.gradpoet.processor.graph.formula;

import static dev.gradpoet.processor.graph.formula.Expr.Variable.G;
import static dev.gradpoet.processor.graph.formula.Expr.Variable.P;
import static dev.gradpoet.processor.graph.formula.Expr.Variable.T;
import static dev.gradpoet.processor.graph.formula.Expr.Variable.W;
import static dev.gradpoet.processor.graph.formula.Expr.Variable.X;
import static dev.gradpoet.processor.graph.formula.Expr.let;
import static dev.gradpoet.processor.graph.formula.Expr.number;

import dev.gradpoet.processor.graph.formula.Expr.Function;
import dev.gradpoet.processor.graph.formula.LossOp.Domain;
import dev.gradpoet.processor.graph.formula.LossOp.Elementwise;
import dev.gradpoet.processor.valid.ValidLoss;
import java.util.List;
import java.util.Optional;

/** The losses. Elementwise ones have value and derivative side by side, as PyTorch computes them. */
public final class Losses {

  private static final String BCE_WITH_LOGITS = "binaryCrossEntropyWithLogits";

  private Losses() {}

  /** The operation of a loss; none for {@link dev.gradpoet.Loss#NONE}. */
  public static Optional<LossOp> of(ValidLoss loss) {
    return switch (loss.function()) {
      case NONE -> Optional.empty();
      case MSE -> Optional.of(mse());
      case L1 -> Optional.of(l1());
      case SMOOTH_L1 -> Optional.of(smoothL1(loss.beta()));
      case HUBER -> Optional.of(huber(loss.delta()));
      case BCE -> Optional.of(binaryCrossEntropy(loss.weight()));
      case BCE_WITH_LOGITS ->
        Optional.of(binaryCrossEntropyWithLogits(loss.weight(), loss.posWeight()));
      case CROSS_ENTROPY ->
        Optional.of(new LossOp.CrossEntropy(
            loss.labelSmoothing(), loss.ignoreIndex(), loss.classWeights()));
      case NLL ->
        Optional.of(new LossOp.NegativeLogLikelihood(loss.ignoreIndex(), loss.classWeights()));
      case KL_DIV -> Optional.of(klDiv(loss.logTarget()));
    };
  }

  private static LossOp mse() {
    Expr distance = X.minus(T);
    // 2 times the scale first: 2 (x - t) may overflow when the gradient of a mean does not
    return new Elementwise(
        "mse",
        "(x - t)^2",
        Domain.REAL,
        distance.times(distance),
        distance.times(number(2).times(G)),
        List.of(),
        List.of(),
        Optional.empty());
  }

  private static LossOp l1() {
    Expr distance = X.minus(T);
    return real("l1", "|x - t|", distance.apply(Function.ABS), distance.apply(Function.SIGNUM));
  }

  private static LossOp smoothL1(double beta) {
    Expr distance = X.minus(T);
    if (beta == 0) {
      return real(
          "smoothL1", "|x - t|", distance.apply(Function.ABS), distance.apply(Function.SIGNUM));
    }
    Expr size = distance.apply(Function.ABS);
    return real(
        "smoothL1",
        "|x - t| < beta ? (x - t)^2 / (2 beta) : |x - t| - beta / 2",
        let(
            "d",
            size,
            d -> number(beta)
                .atMost(
                    d,
                    d.minus(number(0.5 * beta)),
                    number(0.5).times(d).times(d).over(number(beta)))),
        number(beta).atMost(size, distance.apply(Function.SIGNUM), distance.over(number(beta))));
  }

  private static LossOp huber(double delta) {
    Expr distance = X.minus(T);
    Expr size = distance.apply(Function.ABS);
    return real(
        "huber",
        "|x - t| <= delta ? (x - t)^2 / 2 : delta (|x - t| - delta / 2)",
        let(
            "d",
            size,
            d -> d.atMost(
                number(delta),
                number(0.5).times(d).times(d),
                number(delta).times(d.minus(number(0.5 * delta))))),
        size.atMost(number(delta), distance, number(delta).times(distance.apply(Function.SIGNUM))));
  }

  private static LossOp binaryCrossEntropy(List<Double> weight) {
    // PyTorch clamps each logarithm at -100 and the denominator at 1e-12.
    Expr value = T.minus(number(1))
        .times(X.negated().apply(Function.LOG1P).max(number(-100)))
        .minus(T.times(X.apply(Function.LOG).max(number(-100))));
    Expr gradient = X.minus(T).over(number(1).minus(X).times(X).max(number(1e-12f)));
    return new Elementwise(
        "binaryCrossEntropy",
        weighted("-(t log x + (1 - t) log(1 - x))", weight),
        Domain.PROBABILITY,
        weighted(value, weight),
        weighted(gradient, weight).times(G),
        weight,
        List.of(),
        Optional.empty());
  }

  private static LossOp binaryCrossEntropyWithLogits(List<Double> weight, List<Double> posWeight) {
    // max(-x, 0) + log(1 + e^-|x|) is log(1 + e^-x) without overflow.
    Expr softplus = X.negated()
        .max(number(0))
        .plus(X.apply(Function.ABS).negated().apply(Function.EXP).apply(Function.LOG1P));
    Expr factor = number(1).plus(P.minus(number(1)).times(T));
    Elementwise withPosWeight = withLogits(
        posWeight.isEmpty() ? "weighedBinaryCrossEntropyWithLogits" : BCE_WITH_LOGITS,
        "(1 - t) x + (1 + (p - 1) t) log(1 + e^-x)",
        number(1).minus(T).times(X).plus(factor.times(softplus)),
        number(1).minus(T).minus(factor.times(X.negated().apply(Function.SIGMOID))),
        weight,
        posWeight,
        Optional.empty());
    if (!posWeight.isEmpty()) {
      return withPosWeight;
    }
    return withLogits(
        BCE_WITH_LOGITS,
        "(1 - t) x + log(1 + e^-x)",
        number(1).minus(T).times(X).plus(softplus),
        X.apply(Function.SIGMOID).minus(T),
        weight,
        List.of(),
        Optional.of(withPosWeight));
  }

  private static Elementwise withLogits(
      String name,
      String formula,
      Expr value,
      Expr gradient,
      List<Double> weight,
      List<Double> posWeight,
      Optional<Elementwise> withPosWeight) {
    return new Elementwise(
        name,
        weighted(formula, weight),
        Domain.REAL,
        weighted(value, weight),
        weighted(gradient, weight).times(G),
        weight,
        posWeight,
        withPosWeight);
  }

  private static LossOp klDiv(boolean logTarget) {
    if (logTarget) {
      return real(
          "klDiv",
          "e^t (t - x)",
          T.apply(Function.EXP).times(T.minus(X)),
          T.apply(Function.EXP).negated());
    }
    // t log t is 0 at 0, where the logarithm is undefined, and NaN below
    Expr entropy =
        T.apply(Function.ABS).atMost(number(0), number(0), T.times(T.apply(Function.LOG)));
    return real("klDiv", "t (log t - x)", entropy.minus(T.times(X)), T.negated());
  }

  private static String weighted(String formula, List<Double> weight) {
    return weight.isEmpty() ? formula : "w (" + formula + ")";
  }

  private static Expr weighted(Expr value, List<Double> weight) {
    return weight.isEmpty() ? value : value.times(W);
  }

  private static LossOp real(String name, String formula, Expr value, Expr gradient) {
    return new Elementwise(
        name,
        formula,
        Domain.REAL,
        value,
        gradient.times(G),
        List.of(),
        List.of(),
        Optional.empty());
  }
}
