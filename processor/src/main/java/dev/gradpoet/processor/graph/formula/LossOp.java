package dev.gradpoet.processor.graph.formula;

import java.util.List;
import java.util.Optional;

/** A loss: its value and its derivative with respect to the prediction, declared side by side. */
public sealed interface LossOp {

  /** Its name in generated code. */
  String name();

  /** Whether it takes two passes over the rows, and keeps the largest value and the sum of exponentials of each row between them. */
  default boolean hasTwoPasses() {
    return false;
  }

  /** Whether its gradient is a multiple of the softmax except at the target class, as it is without label smoothing. */
  default boolean gradientIsScaledSoftmax() {
    return false;
  }

  /** The result for this kind of loss. */
  <R> R match(Cases<R> cases);

  /** One case for each kind of loss. */
  interface Cases<R> {
    R elementwise(Elementwise op);

    R crossEntropy(CrossEntropy op);

    R negativeLogLikelihood(NegativeLogLikelihood op);
  }

  /** The valid range of a prediction. */
  enum Domain {
    /** Any number. */
    REAL,
    /** A number in [0, 1]; any other is an error. */
    PROBABILITY
  }

  /**
   * The sum over all values of a function of the prediction {@code X}, the target {@code T} and, if declared, the weights {@code W} and {@code P} of
   * the output.
   *
   * @param formula the value, as shown in Javadoc
   * @param value the loss of one value
   * @param gradient its derivative with respect to {@code X}, times {@code G}
   * @param weight {@code W} of each output, or none
   * @param posWeight {@code P} of each output, or none
   * @param withPosWeight the same loss with {@code P}, for weights that are set later; empty if it has none, or {@code P} is declared
   */
  record Elementwise(
      String name,
      String formula,
      Domain domain,
      Expr value,
      Expr gradient,
      List<Double> weight,
      List<Double> posWeight,
      Optional<Elementwise> withPosWeight)
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

  /** A loss whose target can be a class index for each row. */
  sealed interface ClassLoss extends LossOp {

    /** The class whose rows count nothing. */
    int ignoreIndex();

    /** The weight of each class, or none. */
    List<Double> classWeights();
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
      implements ClassLoss {
    public CrossEntropy {
      classWeights = List.copyOf(classWeights);
    }

    @Override
    public String name() {
      return "crossEntropy";
    }

    @Override
    public boolean hasTwoPasses() {
      return true;
    }

    @Override
    public boolean gradientIsScaledSoftmax() {
      return labelSmoothing == 0;
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
  record NegativeLogLikelihood(int ignoreIndex, List<Double> classWeights) implements ClassLoss {
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
}
