package dev.gradpoet.runtime.support.training;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.DoubleTrainer;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.memory.Rows;
import dev.gradpoet.runtime.support.Check;
import dev.gradpoet.runtime.support.DoubleParameter;
import dev.gradpoet.runtime.support.optim.DoubleOptimizer;
import dev.gradpoet.runtime.support.optim.DoubleUpdates;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A trainer in {@code double} as far as it needs no loss: forward pass, backward pass and update. */
public abstract sealed class DoublePasses extends TrainerBase implements DoubleTrainer
    permits DoubleTrainerBase {

  private List<DoubleParameter> gradients;
  private DoubleOptimizer update;

  /** What {@code forward} keeps. */
  DoubleBatch batch;

  /** Scratch of {@code evaluate}; null without a loss. */
  DoubleBatch evaluation;

  /**
   * Checks what a trainer is made of, before it takes memory.
   *
   * @param optimizer how the parameters are updated
   * @param capacity the most rows of a call
   * @param rowBytes what a row of the capacity takes
   * @throws IllegalArgumentException if the capacity is below 1 or beyond the heap, or the optimizer's options do not fit each other
   */
  DoublePasses(Optimizer optimizer, int capacity, long rowBytes) {
    super(optimizer, capacity, rowBytes);
  }

  /**
   * Ends the construction.
   *
   * @param parameters the parameters, in order
   * @param gradients their gradients
   * @param updates the loops of the optimizer's update
   * @param batch what {@code forward} keeps
   * @param evaluation what {@code evaluate} works on; null without a loss
   */
  protected final void setUp(
      List<DoubleParameter> parameters,
      List<DoubleParameter> gradients,
      DoubleUpdates updates,
      DoubleBatch batch,
      DoubleBatch evaluation) {
    this.gradients = gradients;
    this.update = DoubleOptimizer.of(optimizer, parameters, updates);
    this.batch = batch;
    this.evaluation = evaluation;
  }

  /**
   * The backward pass, from the gradient of the outputs to that of each parameter.
   *
   * @param n the number of rows
   * @param factor what the gradients are multiplied by
   * @param inPlace whether the products are added to the parameters themselves, rather than to their gradients
   */
  protected abstract void backwardPass(int n, double factor, boolean inPlace);

  /** The gradient of the input, for which {@link #backwardPass} has left that of the layers which read it; an array of rows, n of them computed. */
  protected abstract double[][] inputGradient(int n);

  @Override
  final List<DoubleParameter> gradients() {
    return gradients;
  }

  @Override
  final Map<String, List<DoubleParameter>> buffers() {
    return update.buffers();
  }

  @Override
  final Targets targets() {
    return batch.targets;
  }

  @Override
  final void zeroGradients() {
    for (int i = 0; i < gradients.size(); i++) {
      gradients.get(i).zero();
    }
  }

  @Override
  final void accumulate(int n) {
    backwardPass(n, 1, false);
  }

  @Override
  final void descendInPlace(int n) {
    backwardPass(n, -learningRate, true);
  }

  @Override
  final void descend() {
    update.update(updates, learningRate, gradients, freezing);
  }

  @Override
  public final void forward(double[] x) {
    keepForward(x, targets().rows(Objects.requireNonNull(x, "x").length));
  }

  @Override
  public final void forward(double[] x, int n) {
    targets().atLeastRows(n, Objects.requireNonNull(x, "x").length);
    keepForward(x, n);
  }

  @Override
  public final void forward(Tensor x) {
    int n = targets().rows(x, DType.FLOAT64);
    forward(x.toDoubleArray(), n);
  }

  final void keepForward(double[] x, int n) {
    state.checkBatch(n);
    checkRows(n);
    batch.forward(x, 0, n);
    state.forward(n);
  }

  @Override
  public final Tensor output() {
    return targets()
        .output()
        .batch(Tensor.view(batch.output, state.rows("output"), targets().outputs()));
  }

  @Override
  public final void backward(double[] gradOutput) {
    int n = state.backwardOfOutput();
    int outputs = targets().outputs();
    Check.exactRows(
        "gradOutput", n, Objects.requireNonNull(gradOutput, "gradOutput").length, outputs);
    Rows.read(gradOutput, 0, n, outputs, batch.gradient);
    backward(n);
  }

  @Override
  public final void backward(Tensor gradOutput) {
    int n = state.backwardOfOutput();
    targets().output().exactBatch("gradOutput", gradOutput, DType.FLOAT64, n);
    backward(gradOutput.toDoubleArray());
  }

  @Override
  public final Tensor inputGradient() {
    int n = state.inputGradient();
    return targets().input().batch(Tensor.view(inputGradient(n), n, targets().inputs()));
  }
}
