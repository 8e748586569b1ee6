package dev.gradpoet.runtime.support.inputs;

import dev.gradpoet.runtime.Predictor;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.support.NetworkBase;

/** What generated networks with other inputs than one dense one have in common. */
public abstract class InputsNetwork extends NetworkBase {

  /** For generated classes. */
  protected InputsNetwork() {}

  @Override
  public final Tensor forward(Tensor x) {
    return forward(Inputs.of(architecture()).only(x));
  }

  @Override
  public final Tensor forward(Tensor... inputs) {
    try (Predictor predictor = predictor()) {
      return predictor.forward(inputs);
    }
  }

  @Override
  public final void fitNormalization(Tensor... inputs) {
    Inputs.of(architecture()).requireBatch(inputs);
    super.fitNormalization(inputs);
  }

  @Override
  public final double evaluate(Tensor x, Tensor y) {
    return evaluate(Inputs.of(architecture()).only(x), y);
  }
}
