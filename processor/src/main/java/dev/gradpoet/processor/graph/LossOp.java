package dev.gradpoet.processor.graph;

import dev.gradpoet.processor.validate.ValidLoss;
import java.util.List;
import java.util.Optional;

/** A loss: its value and its derivative with respect to the prediction, declared side by side. */
public sealed interface LossOp {

  /** Its name in code. */
  String name();

  /** The result for this kind of loss. */
  <R> R match(Cases<R> cases);

  /** One case for each kind of loss. */
  interface Cases<R> {
    R elementwise(Elementwise op);

    R crossEntropy(CrossEntropy op);

    R negativeLogLikelihood(NegativeLogLikelihood op);
  }

  /** What a prediction may be. */
  enum Domain {
    /** Any number. */
    REAL,
    /** A number in [0, 1]; another is refused. */
    PROBABILITY
  }

  /**
   * A sum over all values of a function of the prediction {@code X} and the target {@code T}, and of the weights {@code W} and {@code P} of the
   * output, where there are any.
   *
   * @param formula the value as its Javadoc shows it
   * @param value the loss of one value
   * @param gradient its derivative with respect to {@code X}, times {@code G}
   * @param weight {@code W} of each output, or none
   * @param posWeight {@code P} of each output, or none
   */
  record Elementwise(
      String name,
      String formula,
      Domain domain,
      Expr value,
      Expr gradient,
      List<Double> weight,
      List<Double> posWeight)
      implements LossOp {
    public Elementwise {
      weight = List.copyOf(weight);
      posWeight = List.copyOf(posWeight);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.elementwise(this);
    }
  }

  /**
   * {@code -sum_c q_c log softmax(x)_c} of each row, whose derivative is {@code softmax(x) sum_c q_c - q}. The target is a class or a row of
   * probabilities t, and {@code q_c = w_c ((1 - s) t_c + s / C)} with the weights w of the classes and the label smoothing s.
   *
   * @param labelSmoothing s
   * @param ignoreIndex the class whose rows count nothing
   * @param classWeights w, or none
   */
  record CrossEntropy(double labelSmoothing, int ignoreIndex, List<Double> classWeights)
      implements LossOp {
    public CrossEntropy {
      classWeights = List.copyOf(classWeights);
    }

    @Override
    public String name() {
      return "crossEntropy";
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.crossEntropy(this);
    }
  }

  /**
   * {@code -w_t x_t} of each row, of class {@code t}.
   *
   * @param ignoreIndex the class whose rows count nothing
   * @param classWeights w, or none
   */
  record NegativeLogLikelihood(int ignoreIndex, List<Double> classWeights) implements LossOp {
    public NegativeLogLikelihood {
      classWeights = List.copyOf(classWeights);
    }

    @Override
    public String name() {
      return "nll";
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.negativeLogLikelihood(this);
    }
  }

  /** The operation of a loss; none for {@link dev.gradpoet.Loss#NONE}. */
  static Optional<LossOp> of(ValidLoss loss) {
    return switch (loss.function()) {
      case NONE -> Optional.empty();
      case MSE -> Optional.of(Losses.mse());
      case L1 -> Optional.of(Losses.l1());
      case SMOOTH_L1 -> Optional.of(Losses.smoothL1(loss.beta()));
      case HUBER -> Optional.of(Losses.huber(loss.delta()));
      case BCE -> Optional.of(Losses.binaryCrossEntropy(loss.weight()));
      case BCE_WITH_LOGITS ->
        Optional.of(Losses.binaryCrossEntropyWithLogits(loss.weight(), loss.posWeight()));
      case CROSS_ENTROPY ->
        Optional.of(
            new CrossEntropy(loss.labelSmoothing(), loss.ignoreIndex(), loss.classWeights()));
      case NLL -> Optional.of(new NegativeLogLikelihood(loss.ignoreIndex(), loss.classWeights()));
      case KL_DIV -> Optional.of(Losses.klDiv(loss.logTarget()));
    };
  }
}
