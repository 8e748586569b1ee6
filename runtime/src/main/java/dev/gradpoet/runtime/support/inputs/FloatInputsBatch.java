package dev.gradpoet.runtime.support.inputs;

import dev.gradpoet.runtime.Architecture;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.support.training.FloatBatchOf;
import dev.gradpoet.runtime.support.training.Targets;

/** A batch of a network in {@code float} with other inputs than one dense one. */
public abstract class FloatInputsBatch extends FloatBatchOf<Object[]> {

  private final Inputs inputs;

  /**
   * A batch over arrays of as many rows as it may have.
   *
   * @param targets what the loss takes
   * @param network the structure of the network
   * @param output the outputs
   * @param gradient the gradient of the outputs
   */
  protected FloatInputsBatch(
      Targets targets, Architecture network, float[][] output, float[][] gradient) {
    super(targets, output, gradient);
    this.inputs = Inputs.of(network);
  }

  @Override
  protected final int rows(Object[] x) {
    return inputs.rows(x);
  }

  @Override
  protected final void atLeastRows(Object[] x, int n) {
    inputs.atLeastRows(n, x);
  }

  /** The loss of the rows of tensors, one for each input. */
  public final double evaluate(Tensor[] tensors, Tensor y) {
    int n = inputs.batch(tensors);
    return evaluate(inputs.arrays(tensors), n, y);
  }
}
