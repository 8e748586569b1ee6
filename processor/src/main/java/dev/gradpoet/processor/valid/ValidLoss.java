package dev.gradpoet.processor.valid;

import dev.gradpoet.Loss;
import dev.gradpoet.Reduction;
import java.util.List;

/**
 * A loss with its options; those that are not declared have PyTorch's defaults.
 *
 * @param function the function
 * @param reduction how the losses are reduced
 * @param labelSmoothing of CROSS_ENTROPY
 * @param ignoreIndex of CROSS_ENTROPY and NLL
 * @param classWeights of CROSS_ENTROPY and NLL, one per output, or empty
 * @param posWeight of BCE_WITH_LOGITS, one per output, or empty
 * @param weight of BCE and BCE_WITH_LOGITS, one per output, or empty
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

  /** PyTorch's default of {@code ignore_index}. */
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

  /** Whether the losses are not reduced. */
  public boolean unreduced() {
    return reduction == Reduction.NONE;
  }
}
