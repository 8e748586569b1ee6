package dev.gradpoet.training;

import dev.gradpoet.runtime.Tensor;

/** Copies rows of a data set to a trainer and makes its steps; keeps the outputs of a pass if metrics need them. */
sealed interface Steps permits FloatSteps, DoubleSteps, TensorSteps {

  /**
   * A step.
   *
   * @param rows of the arrays, in the order of the epoch
   * @param from the first of this step
   * @param n the number of rows of this step
   * @return the loss before the update
   */
  double step(int[] rows, int from, int n);

  /** The outputs of the steps since the first row of the pass, in their order; null if they are not kept. */
  Tensor outputs();
}
