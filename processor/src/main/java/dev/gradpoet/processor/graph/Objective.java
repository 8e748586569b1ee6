package dev.gradpoet.processor.graph;

import dev.gradpoet.Loss;
import dev.gradpoet.Reduction;
import dev.gradpoet.processor.graph.formula.LossOp;
import dev.gradpoet.processor.graph.formula.Losses;
import dev.gradpoet.processor.valid.ValidLoss;
import java.util.Optional;

/**
 * The training objective of a network.
 *
 * @param loss the declared loss, which may be {@link Loss#NONE}
 * @param reduction how the losses are reduced
 * @param op the operation of the loss, if any
 */
public record Objective(Loss loss, Reduction reduction, Optional<LossOp> op) {

  static Objective of(ValidLoss loss) {
    return new Objective(loss.function(), loss.reduction(), Losses.of(loss));
  }

  /** Whether the losses are not reduced. */
  public boolean unreduced() {
    return reduction == Reduction.NONE;
  }
}
