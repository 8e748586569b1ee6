package dev.gradpoet.runtime.support.training;

import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import dev.gradpoet.runtime.memory.Heap;
import dev.gradpoet.runtime.support.Check;
import dev.gradpoet.runtime.support.NamedTensors;
import dev.gradpoet.runtime.support.Parameter;
import dev.gradpoet.runtime.support.optim.OptimizerState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What trainers of all networks have in common: gradients by name, clipping, and what an optimizer remembers. */
public abstract class TrainerBase implements Trainer {

  /** Which moves have been made. */
  protected final TrainingState state;

  /** The gradients of all parameters, in order; the generated constructor puts them in. */
  protected final List<Parameter> gradientSlots = new ArrayList<>();

  /** Of the next update. */
  protected double learningRate;

  /** The number of updates so far. */
  protected long updates;

  private Map<String, Tensor> gradients;

  /**
   * Checks what a trainer is made of, before it takes memory.
   *
   * @param optimizer how the parameters are updated
   * @param capacity the most rows of a call
   * @param rowBytes what a row of the capacity takes
   * @throws IllegalArgumentException if the capacity is below 1 or beyond the heap, or the optimizer's options do not fit each other
   */
  protected TrainerBase(Optimizer optimizer, int capacity, long rowBytes) {
    Objects.requireNonNull(optimizer, "optimizer");
    this.state = new TrainingState(capacity);
    Heap.bytes("a trainer with capacity " + capacity, capacity * rowBytes);
    this.learningRate = optimizer.checked().learningRate();
  }

  @Override
  public final Tensor gradient(String name) {
    Objects.requireNonNull(name, "name");
    state.gradients("gradient");
    if (gradients == null) {
      gradients = NamedTensors.of(gradientSlots);
    }
    Tensor gradient = gradients.get(name);
    if (gradient == null) {
      throw Check.unknownParameter(name, gradients.keySet());
    }
    return gradient;
  }

  @Override
  public final double clipGradNorm(double maxNorm) {
    state.gradients("clipGradNorm");
    return Clipping.byNorm(gradientSlots, maxNorm);
  }

  @Override
  public final void clipGradValue(double clipValue) {
    state.gradients("clipGradValue");
    Clipping.byValue(gradientSlots, clipValue);
  }

  @Override
  public final void learningRate(double learningRate) {
    this.learningRate = Check.learningRate(learningRate);
  }

  @Override
  public final double learningRate() {
    return learningRate;
  }

  @Override
  public final Map<String, Tensor> state() {
    return OptimizerState.copy(updates, learningRate, buffers());
  }

  @Override
  public final void loadState(Map<String, Tensor> state) {
    OptimizerState.restore(state, buffers());
    updates = state.get(OptimizerState.STEP).getLong();
    learningRate = state.get(OptimizerState.LEARNING_RATE).get();
  }

  /** Whether there is anything to update by: a backward pass since {@code zeroGrad}, or what was written to a gradient's view. */
  protected final boolean hasGradients() {
    return state.hasAccumulated() || !Clipping.areZero(gradientSlots);
  }

  /** What the optimizer remembers of the parameters, by PyTorch's names. */
  protected abstract Map<String, ? extends List<? extends Parameter>> buffers();
}
