package dev.gradpoet.training;

import dev.gradpoet.runtime.DoubleTrainer;
import dev.gradpoet.runtime.FloatTrainer;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;

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

  /**
   * The steps of a trainer.
   *
   * @param capacity the largest number of rows of a step
   * @param keepsOutputs whether the outputs are kept
   */
  static Steps of(
      Trainer trainer,
      TargetForm form,
      Dataset data,
      int capacity,
      Clipping clipping,
      boolean keepsOutputs) {
    if (data.values().size() == 1) {
      if (trainer instanceof FloatTrainer floats && data.values().get(0) instanceof FloatValues x) {
        return new FloatSteps(floats, form, x, data, capacity, clipping, keepsOutputs);
      }
      if (trainer instanceof DoubleTrainer doubles
          && data.values().get(0) instanceof DoubleValues x) {
        return new DoubleSteps(doubles, form, x, data, capacity, clipping, keepsOutputs);
      }
    }
    return new TensorSteps(trainer, form, data, clipping, keepsOutputs);
  }
}
