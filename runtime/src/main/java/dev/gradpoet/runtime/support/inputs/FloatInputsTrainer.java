package dev.gradpoet.runtime.support.inputs;

import dev.gradpoet.runtime.Architecture;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.support.training.FloatLearning;

/**
 * A trainer of a network in {@code float} with other inputs than one dense one. A generated {@code Trainer} adds the methods with the arrays of its
 * inputs, and the kernels of its layers in their order.
 */
public abstract class FloatInputsTrainer extends FloatLearning<Object[]> {

  private final Inputs inputs;

  /**
   * As for {@link dev.gradpoet.runtime.support.training.TrainerBase}.
   *
   * @param network the structure of the network
   */
  protected FloatInputsTrainer(
      Architecture network, Optimizer optimizer, int capacity, long rowBytes) {
    super(optimizer, capacity, rowBytes);
    this.inputs = Inputs.of(network);
  }

  /**
   * The gradient of a dense input, for which the backward pass has left that of the layers which read it; overridden if there is one.
   *
   * @param n the number of rows
   * @param input the place of the input
   * @return an array of rows, n of them computed
   */
  protected float[][] inputGradient(int n, int input) {
    throw new IllegalStateException("input " + input + " has no gradient");
  }

  @Override
  public final void forward(Tensor x) {
    forward(inputs.only(x));
  }

  @Override
  public final void forward(Tensor... tensors) {
    int n = inputs.batch(tensors);
    keepFirst(inputs.arrays(tensors), n);
  }

  @Override
  public final double step(Tensor x, Tensor y) {
    requireLoss();
    return step(inputs.only(x), y);
  }

  @Override
  public final double step(Tensor[] tensors, Tensor y) {
    requireLoss();
    int n = inputs.batch(tensors);
    return step(inputs.arrays(tensors), n, y);
  }

  @Override
  public final double evaluate(Tensor x, Tensor y) {
    requireLoss();
    return evaluate(inputs.only(x), y);
  }

  @Override
  public final double evaluate(Tensor[] tensors, Tensor y) {
    requireLoss();
    int n = inputs.batch(tensors);
    return evaluate(inputs.arrays(tensors), n, y);
  }

  @Override
  public final Tensor inputGradient() {
    return gradientOf(inputs.onlyDense());
  }

  @Override
  public final Tensor inputGradient(String input) {
    return gradientOf(inputs.dense(input));
  }

  private Tensor gradientOf(int input) {
    int n = rowsOfGradient();
    return inputs
        .shape(input)
        .batch(Tensor.view(inputGradient(n, input), n, inputs.shape(input).size()));
  }
}
