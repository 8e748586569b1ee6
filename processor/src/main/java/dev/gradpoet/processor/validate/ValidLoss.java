package dev.gradpoet.processor.validate;

import dev.gradpoet.Loss;
import dev.gradpoet.Reduction;
import java.util.List;

/**
 * A loss with its options, PyTorch's defaults where none is written.
 *
 * @param function which
 * @param reduction how the losses become one number
 * @param labelSmoothing of CROSS_ENTROPY
 * @param ignoreIndex of CROSS_ENTROPY and NLL
 * @param classWeights of CROSS_ENTROPY and NLL, as many as outputs or none
 * @param posWeight of BCE_WITH_LOGITS, as many as outputs or none
 * @param weight of BCE and BCE_WITH_LOGITS, as many as outputs or none
 * @param beta of SMOOTH_L1
 * @param delta of HUBER
 * @param logTarget of KL_DIV
 */
public record ValidLoss(
    Loss function,
    Reduction reduction,
    double labelSmoothing,
    int ignoreIndex,
    List<Double> classWeights,
    List<Double> posWeight,
    List<Double> weight,
    double beta,
    double delta,
    boolean logTarget) {

  /** What PyTorch ignores without being told. */
  public static final int IGNORE_INDEX = -100;

  public ValidLoss {
    classWeights = List.copyOf(classWeights);
    posWeight = List.copyOf(posWeight);
    weight = List.copyOf(weight);
  }

  /** A loss without options. */
  public static ValidLoss of(Loss function) {
    return of(function, Reduction.MEAN);
  }

  /** A loss with a reduction and no other option. */
  public static ValidLoss of(Loss function, Reduction reduction) {
    return new ValidLoss(
        function, reduction, 0, IGNORE_INDEX, List.of(), List.of(), List.of(), 1, 1, false);
  }

  /** Whether each loss is wanted for itself. */
  public boolean unreduced() {
    return reduction == Reduction.NONE;
  }
}
