package dev.gradpoet.runtime.support.training;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.memory.Heap;
import dev.gradpoet.runtime.memory.Rows;
import dev.gradpoet.runtime.support.Check;
import dev.gradpoet.runtime.support.batch.SharedTraining;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The arrays of a batch in {@code float}, a row a sample, with what is computed from one end to the other: the outputs, and their loss. The
 * generated class adds the kernels.
 *
 * @param <X> the arrays of a call, which hold the rows of the inputs
 */
public abstract class FloatBatchOf<X> {

  final Targets targets;

  /** The threads that compute long calls; null of one thread. */
  private SharedTraining<X> shared;

  /** The tiles of further threads. */
  private List<FloatBatchOf<X>> others = List.of();

  /** The rows that {@link #forward(int, int)} computes. */
  protected final float[][] output;

  /** The gradient of the outputs, which the loss writes. */
  protected final float[][] gradient;

  /** The largest output of each row and the sum of its exponentials, kept between the two passes of cross entropy; else null. */
  protected final float[][] softmax;

  /** The weight of each class, 1 unless another is declared or set; null if the loss has no classes. */
  protected final float[] classWeights;

  /** Whether a weight was declared or set. */
  private boolean weighsClasses;

  /** The weight of positive targets of each output; null unless it is declared or set. */
  protected float[] posWeights;

  /** Each loss, of {@code Reduction.NONE}; else null. */
  protected final float[] losses;

  /**
   * A batch over arrays of as many rows as it may have.
   *
   * @param targets what the loss takes
   * @param output the outputs
   * @param gradient the gradient of the outputs
   */
  protected FloatBatchOf(Targets targets, float[][] output, float[][] gradient) {
    this.targets = targets;
    this.output = output;
    this.gradient = gradient;
    int rows = output.length;
    this.softmax = targets.keepsSoftmax() ? new float[2][rows] : null;
    this.classWeights = targets.takesClasses() ? new float[targets.outputs()] : null;
    if (classWeights != null) {
      Arrays.fill(classWeights, 1);
    }
    long kept = (long) rows * targets.lossesPerRow();
    this.losses = kept == 0 ? null : new float[Heap.array("losses", kept, Float.BYTES)];
  }

  /**
   * The number of rows in arrays that must hold whole rows.
   *
   * @throws IllegalArgumentException if they do not, or a class index is invalid
   */
  protected abstract int rows(X x);

  /**
   * Checks that arrays hold at least n rows.
   *
   * @throws IllegalArgumentException if n is below 1, an array is shorter, or a class index is invalid
   */
  protected abstract void atLeastRows(X x, int n);

  /** Reads n rows, from row {@code from} on, into those that the kernels read. */
  protected abstract void read(X x, int from, int n);

  /** Draws and counts what a forward pass of n rows does once, before its threads begin. */
  protected void prepare(int n) {
    // most networks need nothing
  }

  /**
   * Computes the outputs of the first n rows.
   *
   * @param total the number of rows of the batch of which these are a part; n if they are all
   */
  protected abstract void forward(int n, int total);

  /**
   * Adds the losses of the outputs of n rows to a sum, in order, and writes their gradient.
   *
   * @param n the number of rows
   * @param y the classes; that of the first row is {@code y[from]}
   * @param from the place of the first row's target
   * @param sum the sum so far
   * @param scale what the gradient is multiplied by
   * @return the sum
   */
  protected double addLosses(int n, int[] y, int from, double sum, float scale) {
    throw Check.noLoss();
  }

  /** As for classes, with dense targets; that of the first row is row {@code from} of {@code y}. */
  protected double addLosses(int n, float[] y, int from, double sum, float scale) {
    throw Check.noLoss();
  }

  /** Reads n rows and computes their outputs. */
  final void forward(X x, int from, int n) {
    read(x, from, n);
    prepare(n);
    forward(n, n);
  }

  /** Reads n rows and computes their outputs, as a part of a batch that is prepared. */
  final void forwardPart(X x, int from, int n, int total) {
    read(x, from, n);
    forward(n, total);
  }

  /** Gives it the threads of a trainer, each of which computes a tile at the same time: the first one here, each other one in a batch of its own. */
  final void share(SharedTraining<X> threads, List<FloatBatchOf<X>> tiles) {
    this.shared = threads;
    this.others = tiles;
  }

  /**
   * Computes the outputs of the next tiles, one of each thread.
   *
   * @param tile the rows of each
   * @return the row behind them
   */
  private int forwardTiles(X x, int from, int n, int tile) {
    int end = (int) Math.min(n, from + (others.size() + 1L) * tile);
    if (shared != null && shared.isWorth(end - from)) {
      shared.evaluate(x, from, end, tile);
      return end;
    }
    for (int i = 0; i <= others.size() && end - from > i * tile; i++) {
      tile(i).forward(x, from + i * tile, Math.min(tile, end - from - i * tile));
    }
    return end;
  }

  /** The rows per tile for n rows: as many as fit, or fewer if that spreads the work evenly over the threads. */
  private int rowsOfTile(int n) {
    return shared == null ? output.length : shared.rowsOfTile(n, output.length);
  }

  private FloatBatchOf<X> tile(int i) {
    return i == 0 ? this : others.get(i - 1);
  }

  /** The loss of n rows of outputs, whose gradient is written. */
  final float loss(int n, int[] y) {
    double count = count(n, y);
    return (float) (addLosses(n, y, 0, 0, (float) (1 / count)) / count);
  }

  /** As for classes, with dense targets. */
  final float loss(int n, float[] y) {
    double count = targets.count(n);
    return (float) (addLosses(n, y, 0, 0, (float) (1 / count)) / count);
  }

  /** The divisor of the sum of the losses of n rows with classes: of a mean, the sum of the weights of these classes. */
  private double count(int n, int[] y) {
    if (!targets.isMean()) {
      return 1;
    }
    if (!weighsClasses) {
      return targets.counted(n, y);
    }
    double sum = 0;
    for (int r = 0; r < n; r++) {
      sum += targets.isIgnored(y[r]) ? 0 : classWeights[y[r]];
    }
    return sum;
  }

  /** The divisor of the loss of rows whose targets are a tensor. */
  final double divisor(Tensor y) {
    if (targets.areClasses(y)) {
      int n = y.shape().length == 0 ? 1 : y.shape()[0];
      return count(n, targets.classes(n, y));
    }
    int n = targets.output().batch("y", y, DType.FLOAT32);
    targets.exactDense(n, y, DType.FLOAT32);
    targets.values(n, y.toFloatArray());
    return targets.count(n);
  }

  /** Sets the weight of each class. */
  protected final void weighClasses(float[] weights) {
    System.arraycopy(weights, 0, classWeights, 0, classWeights.length);
    weighsClasses = true;
  }

  /** Sets the weight of positive targets of each output: an array that does not change. */
  protected final void weighPositives(float[] weights) {
    posWeights = weights;
  }

  /** The number of rows, each with a class. */
  final int rows(X x, int[] y) {
    int n = rows(x);
    targets.exactClasses(n, y);
    return n;
  }

  /** The number of rows, each with a dense target. */
  final int rows(X x, float[] y) {
    int n = rows(x);
    targets.exactDense(n, Objects.requireNonNull(y, "y").length);
    return n;
  }

  /** Checks that there are at least n rows and their classes. */
  final void check(X x, int n, int[] y) {
    atLeastRows(x, n);
    targets.classes(n, y);
  }

  /** Checks that there are at least n rows and their dense targets. */
  final void check(X x, int n, float[] y) {
    atLeastRows(x, n);
    targets.atLeastDense(n, Objects.requireNonNull(y, "y").length);
    targets.values(n, y);
  }

  /** The loss of any number of rows, as many at a time as the batch has. */
  public final float evaluate(X x, int[] y) {
    return evaluate(x, rows(x, y), y);
  }

  /** The loss of the first n rows of arrays that may be longer. */
  public final float evaluate(X x, int n, int[] y) {
    check(x, n, y);
    double count = count(n, y);
    int tile = rowsOfTile(n);
    double sum = 0;
    for (int from = 0; from < n; ) {
      int end = forwardTiles(x, from, n, tile);
      for (int i = 0; from < end; i++) {
        int rows = Math.min(tile, end - from);
        sum = tile(i).addLosses(rows, y, from, sum, 0);
        from += rows;
      }
    }
    return (float) (sum / count);
  }

  /** The loss of any number of rows with dense targets. */
  public final float evaluate(X x, float[] y) {
    return evaluate(x, rows(x, y), y);
  }

  /** The loss of the first n rows of arrays that may be longer. */
  public final float evaluate(X x, int n, float[] y) {
    check(x, n, y);
    double count = targets.count(n);
    int tile = rowsOfTile(n);
    double sum = 0;
    for (int from = 0; from < n; ) {
      int end = forwardTiles(x, from, n, tile);
      for (int i = 0; from < end; i++) {
        int rows = Math.min(tile, end - from);
        sum = tile(i).addLosses(rows, y, from, sum, 0);
        from += rows;
      }
    }
    return (float) (sum / count);
  }

  /** The loss of n rows whose targets are a tensor. */
  protected final double evaluate(X x, int n, Tensor y) {
    if (targets.areClasses(y)) {
      return evaluate(x, n, targets.classes(n, y));
    }
    targets.exactDense(n, y, DType.FLOAT32);
    return evaluate(x, n, y.toFloatArray());
  }

  /** The loss of outputs that have been computed before, as many rows at a time as the batch has. */
  public final double evaluateOutput(Tensor outputs, Tensor y) {
    int n = targets.output().batch("output", outputs, DType.FLOAT32);
    if (targets.areClasses(y)) {
      return evaluateOutput(outputs.toFloatArray(), n, targets.classes(n, y));
    }
    targets.exactDense(n, y, DType.FLOAT32);
    return evaluateOutput(outputs.toFloatArray(), n, y.toFloatArray());
  }

  private double evaluateOutput(float[] outputs, int n, int[] y) {
    double count = count(n, y);
    double sum = 0;
    for (int from = 0; from < n; from += output.length) {
      int rows = Math.min(output.length, n - from);
      Rows.read(outputs, from, rows, targets.outputs(), output);
      sum = addLosses(rows, y, from, sum, 0);
    }
    return (float) (sum / count);
  }

  private double evaluateOutput(float[] outputs, int n, float[] y) {
    targets.values(n, y);
    double count = targets.count(n);
    double sum = 0;
    for (int from = 0; from < n; from += output.length) {
      int rows = Math.min(output.length, n - from);
      Rows.read(outputs, from, rows, targets.outputs(), output);
      sum = addLosses(rows, y, from, sum, 0);
    }
    return (float) (sum / count);
  }
}
