package dev.gradpoet.training;

import dev.gradpoet.runtime.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All that a run needs to continue after an epoch. */
final class RunState {

  /** The epochs that are done. */
  final List<Epoch> epochs;

  /** The steps that are done. */
  long steps;

  /** The number of the best epoch; 0 before the first. */
  int best;

  /** The parameters and buffers of the best epoch; null if it is the last one. */
  Snapshot bestParameters;

  /** Why the run ended; null if it has not. */
  String end;

  /** Whether the end was reached because all epochs are done, so that more epochs continue the run. */
  boolean endedByEpochs;

  RunState() {
    this(new ArrayList<>());
  }

  RunState(List<Epoch> epochs) {
    this.epochs = epochs;
  }

  /**
   * What a trainer and the order of rows add to it.
   *
   * @param network the parameters and buffers
   * @param trainer the state of the optimizer
   * @param order the state of the generator that shuffles; null without
   */
  record Tensors(Map<String, Tensor> network, Map<String, Tensor> trainer, Tensor order) {}
}
