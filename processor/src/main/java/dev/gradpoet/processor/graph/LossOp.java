package dev.gradpoet.processor.graph;

import static dev.gradpoet.processor.graph.Expr.Variable.T;
import static dev.gradpoet.processor.graph.Expr.Variable.X;
import static dev.gradpoet.processor.graph.Expr.number;

import dev.gradpoet.Loss;
import dev.gradpoet.processor.graph.Expr.Call;
import dev.gradpoet.processor.graph.Expr.Function;
import java.util.Optional;

/** A loss: its value and its derivative with respect to the prediction, declared side by side. */
public sealed interface LossOp {

  /** The result for this kind of loss. */
  <R> R match(Cases<R> cases);

  /** One case for each kind of loss. */
  interface Cases<R> {
    R elementwise(Elementwise op);

    R crossEntropy(CrossEntropy op);
  }

  /** What a prediction may be. */
  enum Domain {
    /** Any number. */
    REAL,
    /** A number in [0, 1]; another is refused. */
    PROBABILITY
  }

  /**
   * A sum over all values of a function of the prediction {@code X} and the target {@code T}.
   *
   * @param formula the value as its Javadoc shows it
   * @param value the loss of one value
   * @param gradient its derivative with respect to {@code X}
   */
  record Elementwise(String name, String formula, Domain domain, Expr value, Expr gradient)
      implements LossOp {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.elementwise(this);
    }
  }

  /**
   * {@code -sum_c t_c log softmax(x)_c} of each row, whose derivative is {@code softmax(x) sum_c t_c - t}; the target is a class or a row of
   * probabilities.
   */
  record CrossEntropy() implements LossOp {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.crossEntropy(this);
    }
  }

  /** The operation of a loss; none for {@link Loss#NONE}. */
  static Optional<LossOp> of(Loss loss) {
    return switch (loss) {
      case NONE -> Optional.empty();
      case MSE ->
        Optional.of(new Elementwise(
            "mse",
            "(x - t)^2",
            Domain.REAL,
            X.minus(T).times(X.minus(T)),
            number(2).times(X.minus(T))));
      case BCE ->
        // PyTorch clamps each logarithm at -100 and the denominator at 1e-12.
        Optional.of(new Elementwise(
            "binaryCrossEntropy",
            "-(t log x + (1 - t) log(1 - x))",
            Domain.PROBABILITY,
            T.minus(number(1))
                .times(new Call(Function.LOG1P, X.negated()).max(number(-100)))
                .minus(T.times(new Call(Function.LOG, X).max(number(-100)))),
            X.minus(T).over(number(1).minus(X).times(X).max(number(1e-12f)))));
      case BCE_WITH_LOGITS ->
        // max(-x, 0) + log(1 + e^-|x|) is log(1 + e^-x) without overflow.
        Optional.of(new Elementwise(
            "binaryCrossEntropyWithLogits",
            "(1 - t) x + log(1 + e^-x)",
            Domain.REAL,
            number(1)
                .minus(T)
                .times(X)
                .plus(X.negated()
                    .max(number(0))
                    .plus(new Call(
                        Function.LOG1P,
                        new Call(Function.EXP, new Call(Function.ABS, X).negated())))),
            new Call(Function.SIGMOID, X).minus(T)));
      case CROSS_ENTROPY -> Optional.of(new CrossEntropy());
    };
  }
}
