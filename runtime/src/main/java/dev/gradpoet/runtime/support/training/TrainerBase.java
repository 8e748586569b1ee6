package dev.gradpoet.runtime.support.training;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Memory;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.Trainer;
import dev.gradpoet.runtime.memory.Heap;
import dev.gradpoet.runtime.support.Check;
import dev.gradpoet.runtime.support.NamedTensors;
import dev.gradpoet.runtime.support.Parameter;
import dev.gradpoet.runtime.support.optim.Freezing;
import dev.gradpoet.runtime.support.optim.OptimizerState;
import dev.gradpoet.runtime.support.parallel.Team;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What trainers of all networks have in common, whatever their dtype: gradients by name, clipping, the optimizer's state, and which move may follow which. */
public abstract sealed class TrainerBase implements Trainer permits FloatPasses, DoublePasses {

  /** At least as many as the rows that {@code evaluate} computes at once on a thread. */
  private static final int MOST_ROWS_OF_TILE = 64;

  /** How the parameters are updated. */
  final Optimizer optimizer;

  /** Which moves have been made. */
  final TrainingState state;

  /** Of the next update. */
  double learningRate;

  /** The number of updates so far. */
  long updates;

  /** Whether an update is only {@code w = w - lr g}, which {@code step} computes without storing g. */
  private final boolean plainSgd;

  /** What is or was frozen; null if nothing ever was. */
  Freezing freezing;

  /** What a row of the capacity takes. */
  private final long rowBytes;

  private Map<String, Tensor> gradientsByName;

  /** Its threads; null of one thread. */
  private Team team;

  /** The scratch of threads, besides that of the trainer. */
  long scratchOfThreads;

  /**
   * Checks what a trainer is made of, before it takes memory.
   *
   * @param optimizer how the parameters are updated
   * @param capacity the most rows of a call
   * @param rowBytes what a row of the capacity takes
   * @throws IllegalArgumentException if the capacity is below 1 or beyond the heap, or the optimizer's options do not fit each other
   */
  TrainerBase(Optimizer optimizer, int capacity, long rowBytes) {
    this.optimizer = Objects.requireNonNull(optimizer, "optimizer");
    this.state = new TrainingState(capacity);
    this.rowBytes = rowBytes;
    Heap.bytes("a trainer with capacity " + capacity, capacity * rowBytes);
    this.learningRate = optimizer.checked().learningRate();
    this.plainSgd = optimizer instanceof Sgd sgd
        && sgd.momentum() == 0
        && sgd.weightDecay() == 0
        && !sgd.maximize();
  }

  /** The gradients of all parameters, in order. */
  abstract List<? extends Parameter> gradients();

  /** What the optimizer remembers of the parameters, by PyTorch's names. */
  abstract Map<String, ? extends List<? extends Parameter>> buffers();

  /** What the scratch takes whatever the capacity: copies of weights, and the rows that {@code evaluate} computes at once. */
  protected abstract long fixedBytes();

  /**
   * What each of several threads takes besides: scratch of its own, and the rows that it evaluates at once.
   *
   * @param capacity the rows of the trainer
   * @param first whether it is the first one, which evaluates in the rows of the trainer
   */
  protected abstract long bytesOfThread(int capacity, boolean first);

  /** What the masks of dropout are drawn from, that of the network; null without dropout. */
  protected Generator generator() {
    return null;
  }

  /**
   * Checks that a forward pass can have n rows, beyond what the capacity allows.
   *
   * @throws IllegalArgumentException if a layer needs more rows in training
   */
  protected void checkRows(int n) {
    // most layers take any number of rows
  }

  /** The names of the batch norms, in order. */
  protected List<String> norms() {
    return List.of();
  }

  /** Which of the batch norms use their running statistics and keep them, in order. */
  protected boolean[] frozenNorms() {
    return new boolean[0];
  }

  /** What the loss takes. */
  abstract Targets targets();

  /** Sets all gradients to zero. */
  abstract void zeroGradients();

  /** The backward pass of n rows: adds to all gradients. */
  abstract void accumulate(int n);

  /** The backward pass of n rows, which takes the gradients times the learning rate from the parameters and stores none. */
  abstract void descendInPlace(int n);

  /** Updates all parameters by their gradients. */
  abstract void descend();

  @Override
  public final void backward() {
    targets().requireLoss();
    requireOpen();
    backward(state.backwardOfLoss());
  }

  /** The backward pass of n rows, after a {@code step} from gradients of zero. */
  final void backward(int n) {
    if (state.backward()) {
      zeroGradients();
    }
    differentiate(n);
  }

  private void differentiate(int n) {
    accumulate(n);
    if (freezing != null) {
      freezing.zeroFrozen();
    }
  }

  private void descendOnce() {
    updates++;
    descend();
    if (freezing != null) {
      freezing.updated();
    }
  }

  /** The gradients of all parameters that are not frozen. */
  private List<? extends Parameter> trained() {
    return freezing == null ? gradients() : freezing.trained();
  }

  /** The second half of {@code step}: the backward pass of n rows, and the update. */
  final void learn(int n) {
    state.backward();
    if (plainSgd && (freezing == null || !freezing.any())) {
      updates++;
      descendInPlace(n);
    } else {
      zeroGradients();
      differentiate(n);
      descendOnce();
    }
    state.step();
  }

  @Override
  public final void update() {
    requireOpen();
    state.gradients("update");
    if (state.hasGradients() || !Clipping.areZero(trained())) {
      descendOnce();
      state.update();
    }
  }

  @Override
  public final void zeroGrad() {
    zeroGrad(true);
  }

  @Override
  public final void zeroGrad(boolean setToNone) {
    requireOpen();
    zeroGradients();
    state.zeroGrad(setToNone);
  }

  @Override
  public final Tensor gradient(String name) {
    Objects.requireNonNull(name, "name");
    state.gradients("gradient");
    Tensor gradient = gradientsByName().get(name);
    if (gradient == null) {
      throw Check.unknownParameter(name, gradientsByName().keySet());
    }
    return gradient;
  }

  private Map<String, Tensor> gradientsByName() {
    if (gradientsByName == null) {
      gradientsByName = NamedTensors.of(gradients());
    }
    return gradientsByName;
  }

  @Override
  public final void freeze(String... layers) {
    freeze(layers, true);
  }

  @Override
  public final void unfreeze(String... layers) {
    freeze(layers, false);
  }

  private void freeze(String[] layers, boolean freeze) {
    Set<String> named = new LinkedHashSet<>();
    for (int i = 0; i < Objects.requireNonNull(layers, "layers").length; i++) {
      named.add(Objects.requireNonNull(layers[i], "layers[" + i + "]"));
    }
    Set<String> known = freezable();
    for (String layer : named) {
      if (!known.contains(layer)) {
        throw new IllegalArgumentException(
            "no layer with parameters or running statistics is named \"" + layer
                + "\", expected one of " + known);
      }
    }
    freezing().set(named, freeze);
    for (int i = 0; i < norms().size(); i++) {
      if (named.contains(norms().get(i))) {
        frozenNorms()[i] = freeze;
      }
    }
    state.refreeze();
  }

  /** The names of the layers that training changes, those without weights at the end. */
  private Set<String> freezable() {
    Set<String> layers = new LinkedHashSet<>();
    gradients().forEach(gradient -> layers.add(gradient.layer()));
    layers.addAll(norms());
    return layers;
  }

  private Freezing freezing() {
    if (freezing == null) {
      freezing = new Freezing(gradients());
    }
    return freezing;
  }

  @Override
  public final double clipGradNorm(double maxNorm) {
    requireOpen();
    state.gradients("clipGradNorm");
    return Clipping.byNorm(trained(), maxNorm);
  }

  @Override
  public final void clipGradValue(double clipValue) {
    requireOpen();
    state.gradients("clipGradValue");
    Clipping.byValue(trained(), clipValue);
  }

  @Override
  public final Memory memory() {
    long parameters = bytes(gradients());
    long buffers = 0;
    for (List<? extends Parameter> buffer : buffers().values()) {
      buffers += bytes(buffer);
    }
    long scratch = state.capacity() * rowBytes + fixedBytes() + scratchOfThreads;
    return new Memory(parameters, parameters, buffers, scratch);
  }

  /** The bytes of parameters. */
  static long bytes(List<? extends Parameter> parameters) {
    long bytes = 0;
    for (Parameter parameter : parameters) {
      bytes += parameter.bytes();
    }
    return bytes;
  }

  @Override
  public final String summary() {
    String divider = "=".repeat(60) + "\n";
    int capacity = state.capacity();
    return divider + "Trainer: " + optimizer + ", up to " + capacity
        + (capacity == 1 ? " row\n" : " rows\n") + divider + memory() + "\n"
        + divider.stripTrailing();
  }

  @Override
  public final String toString() {
    return summary();
  }

  @Override
  public final double learningRate() {
    return learningRate;
  }

  @Override
  public final void learningRate(double learningRate) {
    this.learningRate = Check.learningRate(learningRate);
  }

  @Override
  public final Map<String, Tensor> state() {
    return OptimizerState.copy(updates, learningRate, generator(), buffers(), freezing);
  }

  @Override
  public final void loadState(Map<String, Tensor> state) {
    Map<String, Long> steps =
        OptimizerState.restore(state, generator(), gradientsByName().keySet(), buffers());
    updates = state.get(OptimizerState.STEP).getLong();
    if (freezing != null || !steps.isEmpty()) {
      freezing().restore(steps, updates);
    }
    learningRate = state.get(OptimizerState.LEARNING_RATE).get();
  }

  /** Starts the threads, if a call may be long enough for them: {@code evaluate} computes a tile of rows with each. */
  final Team startTeam(int threads, long operations) {
    double rows = Math.max(state.capacity(), (double) threads * MOST_ROWS_OF_TILE);
    team = new Team(threads, "trainer", rows * operations);
    return team;
  }

  /**
   * Checks that it may compute.
   *
   * @throws IllegalStateException if it has several threads and is closed
   */
  final void requireOpen() {
    if (team != null) {
      team.requireOpen();
    }
  }

  @Override
  public final void close() {
    if (team != null) {
      team.close();
    }
  }
}
