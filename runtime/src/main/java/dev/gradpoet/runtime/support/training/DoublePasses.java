package dev.gradpoet.runtime.support.training;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Optimizer;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.memory.Rows;
import dev.gradpoet.runtime.support.Check;
import dev.gradpoet.runtime.support.DoubleParameter;
import dev.gradpoet.runtime.support.batch.BatchRows;
import dev.gradpoet.runtime.support.batch.DoubleBackward;
import dev.gradpoet.runtime.support.batch.Share;
import dev.gradpoet.runtime.support.batch.SharedTraining;
import dev.gradpoet.runtime.support.optim.DoubleOptimizer;
import dev.gradpoet.runtime.support.optim.DoubleUpdates;
import dev.gradpoet.runtime.support.parallel.Part;
import dev.gradpoet.runtime.support.parallel.Team;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A trainer in {@code double} as far as it needs no loss: forward pass, backward pass and update.
 *
 * @param <X> the arrays of a call, which hold the rows of the inputs
 */
public abstract sealed class DoublePasses<X> extends TrainerBase permits DoubleLearning {

  private List<DoubleParameter> gradients;

  /** How many numbers the parameters have; counted once, because an iterator may be allocated. */
  private long numbers;

  private DoubleOptimizer update;
  private DoubleBackward backward;

  /** The threads that compute long calls; null of one thread. */
  private SharedTraining<X> shared;

  /** What further threads evaluate. */
  private final List<DoubleBatchOf<X>> tiles = new ArrayList<>();

  /** What {@code forward} keeps. */
  DoubleBatchOf<X> batch;

  /** Scratch of {@code evaluate}; null without a loss. */
  DoubleBatchOf<X> evaluation;

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
   * Ends the construction, but for the threads.
   *
   * @param parameters the parameters, in order
   * @param gradients their gradients
   * @param updates the loops of the optimizer's update
   * @param batch what {@code forward} keeps
   * @param evaluation what {@code evaluate} works on; null without a loss
   * @param backward the backward pass of the batch
   */
  protected final void setUp(
      List<DoubleParameter> parameters,
      List<DoubleParameter> gradients,
      DoubleUpdates updates,
      DoubleBatchOf<X> batch,
      DoubleBatchOf<X> evaluation,
      DoubleBackward backward) {
    this.gradients = gradients;
    this.numbers = bytes(gradients) / Double.BYTES;
    this.update = DoubleOptimizer.of(optimizer, parameters, updates);
    this.batch = batch;
    this.evaluation = evaluation;
    this.backward = backward;
  }

  /**
   * Begins to give it threads.
   *
   * @param threads how many
   * @param operations the multiply-adds of the forward pass of a row
   * @return the parts that they compute, for each of which {@link #share} is called next; none if no call is long enough
   */
  protected final List<Part> cut(int threads, long operations) {
    if (threads == 1) {
      return List.of();
    }
    Team started = startTeam(threads, operations);
    shared = new SharedTraining<>(started, operations, state::fail);
    return started.parts();
  }

  /**
   * Gives it a thread.
   *
   * @param rows the rows of its part
   * @param part the batch of these rows
   * @param tile what it evaluates; null without a loss, and of the first thread, which evaluates what the trainer does
   * @param pass the backward pass of these rows
   */
  protected final void share(
      BatchRows rows, DoubleBatchOf<X> part, DoubleBatchOf<X> tile, DoubleBackward pass) {
    boolean first = rows.part().index() == 0;
    shared.add(new DoubleShare(rows, part, first ? evaluation : tile, pass));
    scratchOfThreads += bytesOfThread(state.capacity(), first);
    if (!first && tile != null) {
      tiles.add(tile);
      evaluation.share(shared, tiles);
    }
  }

  /** What one of its threads computes. */
  private final class DoubleShare implements Share<X> {

    private final BatchRows rows;
    private final DoubleBatchOf<X> part;
    private final DoubleBatchOf<X> tile;
    private final DoubleBackward pass;

    DoubleShare(BatchRows rows, DoubleBatchOf<X> part, DoubleBatchOf<X> tile, DoubleBackward pass) {
      this.rows = rows;
      this.part = part;
      this.tile = tile;
      this.pass = pass;
    }

    @Override
    public void forward(X x, int total) {
      part.forwardPart(x, rows.from(total), rows.share(total), total);
    }

    @Override
    public void backward(int total, double factor, boolean inPlace) {
      pass.pass(rows.share(total), total, factor, inPlace);
    }

    @Override
    public void evaluate(X x, int from, int count) {
      tile.forward(x, from, count);
    }

    @Override
    public void zero() {
      for (int i = 0; i < gradients.size(); i++) {
        gradients.get(i).zero(rows.part());
      }
    }

    @Override
    public void update() {
      update.update(updates, learningRate, gradients, freezing, rows.part());
    }
  }

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
    if (isShared()) {
      shared.zero();
      return;
    }
    for (int i = 0; i < gradients.size(); i++) {
      gradients.get(i).zero();
    }
  }

  /** Whether what is done to every parameter takes so long that the threads share it. */
  private boolean isShared() {
    return shared != null && shared.isWorthUpdating(numbers);
  }

  @Override
  final void accumulate(int n) {
    pass(n, 1, false);
  }

  @Override
  final void descendInPlace(int n) {
    pass(n, -learningRate, true);
  }

  private void pass(int n, double factor, boolean inPlace) {
    if (shared != null && shared.isWorth(n)) {
      shared.backward(n, factor, inPlace);
    } else {
      backward.pass(n, n, factor, inPlace);
    }
  }

  @Override
  final void descend() {
    if (isShared()) {
      shared.update();
    } else {
      update.update(updates, learningRate, gradients, freezing, Part.WHOLE);
    }
  }

  /**
   * Checks that the gradient of an input can be computed.
   *
   * @return the rows
   * @throws IllegalStateException without a backward since the last forward and loss, or after update or step
   */
  protected final int rowsOfGradient() {
    requireOpen();
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
    if (shared != null && shared.isWorth(n)) {
      batch.prepare(n);
      shared.forward(x, n);
    } else {
      batch.forward(x, 0, n);
    }
    state.forward(n);
  }

  @Override
  public final void classWeights(double... weights) {
    targets().requireClassWeights(weights, Double.MAX_VALUE);
    double[] rounded = new double[weights.length];
    for (int c = 0; c < weights.length; c++) {
      rounded[c] = weights[c];
    }
    batch.weighClasses(rounded);
    evaluation.weighClasses(rounded);
    tiles.forEach(tile -> tile.weighClasses(rounded));
  }

  @Override
  public final void posWeight(double... weights) {
    targets().requirePosWeights(weights, Double.MAX_VALUE);
    double[] rounded = new double[targets().outputs()];
    for (int o = 0; o < rounded.length; o++) {
      rounded[o] = weights[weights.length == 1 ? 0 : o];
    }
    batch.weighPositives(rounded);
    evaluation.weighPositives(rounded);
    tiles.forEach(tile -> tile.weighPositives(rounded));
  }

  @Override
  public final double evaluateOutput(Tensor output, Tensor y) {
    targets().requireLoss();
    requireOpen();
    return evaluation.evaluateOutput(output, y);
  }

  @Override
  public final double lossDivisor(Tensor y) {
    targets().requireLoss();
    return evaluation.divisor(Objects.requireNonNull(y, "y"));
  }

  @Override
  public final Tensor output() {
    return targets()
        .output()
        .batch(Tensor.view(batch.output, state.rows("output"), targets().outputs()));
  }

  /** Copies the outputs of the last forward pass, and returns the number of its rows. */
  public final int output(double[] y) {
    int n = state.rows("output");
    Check.atLeastRows("y", n, Objects.requireNonNull(y, "y").length, targets().outputs());
    Rows.write(batch.output, n, targets().outputs(), y, 0);
    return n;
  }

  /** Adds the gradient of any function of the outputs to the gradients of the parameters. */
  public final void backward(double[] gradOutput) {
    requireOpen();
    int n = state.backwardOfOutput();
    int outputs = targets().outputs();
    Check.exactRows(
        "gradOutput", n, Objects.requireNonNull(gradOutput, "gradOutput").length, outputs);
    Rows.read(gradOutput, 0, n, outputs, batch.gradient);
    backward(n);
  }

  @Override
  public final void backward(Tensor gradOutput) {
    requireOpen();
    int n = state.backwardOfOutput();
    targets().output().exactBatch("gradOutput", gradOutput, DType.FLOAT64, n);
    backward(gradOutput.toDoubleArray());
  }
}
