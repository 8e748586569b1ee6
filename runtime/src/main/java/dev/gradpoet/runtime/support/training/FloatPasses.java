package dev.gradpoet.runtime.support.training;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.memory.Rows;
import dev.gradpoet.runtime.support.Check;
import dev.gradpoet.runtime.support.FloatParameter;
import dev.gradpoet.runtime.support.optim.FloatOptimizer;
import dev.gradpoet.runtime.support.optim.FloatUpdates;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A trainer in {@code float} as far as it needs no loss: forward pass, backward pass and update.
 *
 * @param <X> the arrays of a call, which hold the rows of the inputs
 */
public abstract sealed class FloatPasses<X> extends TrainerBase permits FloatLearning {

  private List<FloatParameter> gradients;
  private FloatOptimizer update;

  /** What {@code forward} keeps. */
  FloatBatchOf<X> batch;

  /** Scratch of {@code evaluate}; null without a loss. */
  FloatBatchOf<X> evaluation;

  /**
   * Checks what a trainer is made of, before it takes memory.
   *
   * @param optimizer how the parameters are updated
   * @param capacity the most rows of a call
   * @param rowBytes what a row of the capacity takes
   * @throws IllegalArgumentException if the capacity is below 1 or beyond the heap, or the optimizer's options do not fit each other
   */
  FloatPasses(Optimizer optimizer, int capacity, long rowBytes) {
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
      List<FloatParameter> parameters,
      List<FloatParameter> gradients,
      FloatUpdates updates,
      FloatBatchOf<X> batch,
      FloatBatchOf<X> evaluation) {
    this.gradients = gradients;
    this.update = FloatOptimizer.of(optimizer, parameters, updates);
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
  protected abstract void backwardPass(int n, float factor, boolean inPlace);

  @Override
  final List<FloatParameter> gradients() {
    return gradients;
  }

  @Override
  final Map<String, List<FloatParameter>> buffers() {
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
    backwardPass(n, (float) -learningRate, true);
  }

  @Override
  final void descend() {
    update.update(updates, learningRate, gradients, freezing);
  }

  /**
   * Checks that the gradient of an input can be computed.
   *
   * @return the rows
   * @throws IllegalStateException without a backward since the last forward and loss, or after update or step
   */
  protected final int rowsOfGradient() {
    return state.inputGradient();
  }

  /** Computes the outputs of whole rows. */
  protected final void keepForward(X x) {
    keepForward(x, batch.rows(x));
  }

  /** Computes the outputs of the first n rows. */
  protected final void keepFirst(X x, int n) {
    batch.atLeastRows(x, n);
    keepForward(x, n);
  }

  final void keepForward(X x, int n) {
    state.checkBatch(n);
    checkRows(n);
    batch.forward(x, 0, n);
    state.forward(n);
  }

  @Override
  public final void classWeights(double... weights) {
    targets().requireClassWeights(weights, Float.MAX_VALUE);
    float[] rounded = new float[weights.length];
    for (int c = 0; c < weights.length; c++) {
      rounded[c] = (float) weights[c];
    }
    batch.weighClasses(rounded);
    evaluation.weighClasses(rounded);
  }

  @Override
  public final double evaluateOutput(Tensor output, Tensor y) {
    targets().requireLoss();
    return evaluation.evaluateOutput(output, y);
  }

  @Override
  public final Tensor output() {
    return targets()
        .output()
        .batch(Tensor.view(batch.output, state.rows("output"), targets().outputs()));
  }

  /** Copies the outputs of the last forward pass, and returns the number of its rows. */
  public final int output(float[] y) {
    int n = state.rows("output");
    Check.atLeastRows("y", n, Objects.requireNonNull(y, "y").length, targets().outputs());
    Rows.write(batch.output, n, targets().outputs(), y, 0);
    return n;
  }

  /** Adds the gradient of any function of the outputs to the gradients of the parameters. */
  public final void backward(float[] gradOutput) {
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
    targets().output().exactBatch("gradOutput", gradOutput, DType.FLOAT32, n);
    backward(gradOutput.toFloatArray());
  }
}
