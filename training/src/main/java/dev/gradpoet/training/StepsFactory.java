package dev.gradpoet.training;

import dev.gradpoet.runtime.DoubleTrainer;
import dev.gradpoet.runtime.FloatTrainer;
import dev.gradpoet.runtime.Trainer;

/** Chooses the steps that go with a trainer and its data. */
final class StepsFactory {

  private StepsFactory() {}

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
