package dev.gradpoet.runtime.support;

import dev.gradpoet.DType;
import dev.gradpoet.Loss;
import dev.gradpoet.runtime.Predictor;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.memory.Rows;
import dev.gradpoet.runtime.support.parallel.Task;
import dev.gradpoet.runtime.support.parallel.Team;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What predictors of networks in {@code float} have in common, whatever inputs these have: outputs, classes and probabilities, a tile of rows at a
 * time.
 *
 * @param <X> the arrays of a call, which hold the rows of the inputs
 */
public abstract class FloatInference<X> implements Predictor {

  private final SampleShape output;
  private final int outputs;
  private final int tile;
  private final Loss loss;
  private final boolean hasClasses;

  /** Computes large calls; null of one thread. */
  private Helped<X> helped;

  /**
   * A predictor.
   *
   * @param output the shape of an output row
   * @param tile the maximum number of rows of a forward pass
   * @param loss the declared loss
   * @param hasClasses whether the network has classes
   */
  protected FloatInference(SampleShape output, int tile, Loss loss, boolean hasClasses) {
    this.output = output;
    this.outputs = output.size();
    this.tile = tile;
    this.loss = loss;
    this.hasClasses = hasClasses;
  }

  /**
   * Gives it threads, at the end of its construction.
   *
   * @param others predictors with scratch of their own, one for each further thread
   * @param operations the multiply-adds of a row
   */
  protected final void share(FloatInference<X>[] others, long operations) {
    this.helped = new Helped<>(this, others, operations);
  }

  /**
   * Checks that it may be used.
   *
   * @throws IllegalStateException if it has several threads and is closed
   */
  protected final void requireOpen() {
    if (helped != null) {
      helped.team.requireOpen();
    }
  }

  @Override
  public final void close() {
    if (helped != null) {
      helped.team.close();
    }
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

  /** Writes the outputs of {@code n} rows to {@code y}, without checks; more than one row by {@link #inferTiles}. */
  protected abstract void infer(X x, int n, float[] y);

  /**
   * A forward pass of a tile, without checks.
   *
   * @param from the first row of {@code x}
   * @param rows the number of rows, at most a tile
   * @return the outputs, in padded rows
   */
  protected abstract float[][] forward(X x, int from, int rows);

  /**
   * Derives the classes of the rows of a tile from their outputs; overridden if the network has classes.
   *
   * @param y the outputs
   * @param rows the number of rows
   * @param classes receives the classes
   * @param from the index of the first class
   */
  protected void classify(float[][] y, int rows, int[] classes, int from) {
    throw output.noClasses(loss);
  }

  /**
   * Checks that there are classes.
   *
   * @throws UnsupportedOperationException if there are none
   */
  protected final void requireClasses() {
    if (!hasClasses) {
      throw noClasses();
    }
  }

  /** The error of a call that needs classes. */
  final UnsupportedOperationException noClasses() {
    return output.noClasses(loss);
  }

  /**
   * Checks that there are probabilities.
   *
   * @throws UnsupportedOperationException if outputs have no probabilities for the loss
   */
  protected final void requireProbabilities() {
    Probabilities.require(loss);
  }

  /** The shape of an output row. */
  protected final SampleShape output() {
    return output;
  }

  /** An array for the outputs of n rows. */
  protected final float[] outputs(int n) {
    return new float[Check.outputs(n, outputs, Float.BYTES)];
  }

  /** {@code infer} for any number of rows, tile by tile. */
  protected final void inferTiles(X x, int n, float[] y) {
    tiles(x, n, y, null);
  }

  /** The tiles of n rows, whose outputs or classes are written. */
  private void tiles(X x, int n, float[] y, int[] classes) {
    if (helped != null && helped.isWorth(n)) {
      helped.compute(x, n, y, classes);
    } else {
      tiles(x, 0, n, y, classes);
    }
  }

  /** The tiles from row {@code begin} to row {@code end - 1}. */
  private void tiles(X x, int begin, int end, float[] y, int[] classes) {
    for (int from = begin; from < end; from += tile) {
      int rows = Math.min(tile, end - from);
      float[][] computed = forward(x, from, rows);
      if (y != null) {
        Rows.write(computed, rows, outputs, y, from);
      } else {
        classify(computed, rows, classes, from);
      }
    }
  }

  /** Writes the outputs of all rows. */
  protected final void inferAll(X x, float[] y) {
    int n = rows(x);
    Check.exactRows("y", n, Objects.requireNonNull(y, "y").length, outputs);
    requireOpen();
    infer(x, n, y);
  }

  /** Writes the outputs of the first n rows. */
  protected final void inferFirst(X x, int n, float[] y) {
    atLeastRows(x, n);
    Check.atLeastRows("y", n, Objects.requireNonNull(y, "y").length, outputs);
    requireOpen();
    infer(x, n, y);
  }

  /** Writes the classes of the first n rows. */
  protected final void classifyFirst(X x, int n, int[] classes) {
    requireClasses();
    atLeastRows(x, n);
    Check.atLeastRows("classes", n, Objects.requireNonNull(classes, "classes").length, 1);
    requireOpen();
    tiles(x, n, null, classes);
  }

  /** Writes the probabilities of the first n rows. */
  protected final void inferProbabilities(X x, int n, float[] y) {
    requireProbabilities();
    inferFirst(x, n, y);
    Probabilities.of(loss, y, n, outputs);
  }

  @Override
  public final int[] classesOf(Tensor output) {
    requireClasses();
    requireOpen();
    int n = this.output.batchOrSample("output", output, DType.FLOAT32);
    float[] values = output.toFloatArray();
    int[] classes = new int[n];
    float[][] rows = new float[Math.min(n, tile)][outputs];
    for (int from = 0; from < n; from += tile) {
      int count = Math.min(tile, n - from);
      Rows.read(values, from, count, outputs, rows);
      classify(rows, count, classes, from);
    }
    return classes;
  }

  @Override
  public final Tensor probabilitiesOf(Tensor output) {
    requireProbabilities();
    requireOpen();
    int n = this.output.batchOrSample("output", output, DType.FLOAT32);
    float[] y = Probabilities.of(loss, output.toFloatArray(), n, outputs);
    return Tensor.view(y, output.shape());
  }

  /** The threads of a predictor, each with the scratch of a predictor of its own: they take the next rows until there are no more. */
  private static final class Helped<X> implements Task {

    /** The most multiply-adds of the rows that a thread takes at a time: long enough to hide that it takes them, short enough that all end at the same time. */
    private static final long TAKEN = 1 << 18;

    /** The time of a step of the same rows: a team counts the operations of its forward pass. */
    private static final int OF_A_STEP = 3;

    final Team team;
    private final FloatInference<X> first;
    private final FloatInference<X>[] others;
    private final double operations;

    /** The most rows that a thread takes at a time: tiles. */
    private final int most;

    private final AtomicLong next = new AtomicLong();
    private X x;
    private int n;

    /** The rows that a thread takes at a time. */
    private int step;

    private float[] y;
    private int[] classes;

    Helped(FloatInference<X> first, FloatInference<X>[] others, long operations) {
      this.first = first;
      this.others = others;
      this.operations = operations;
      this.team = new Team(others.length + 1, "predictor", Double.POSITIVE_INFINITY);
      long tiles = team.isForced() ? 1 : TAKEN / (Math.max(1, operations) * first.tile);
      this.most = (int) Math.max(1, tiles) * first.tile;
    }

    boolean isWorth(int rows) {
      return rows > 1 && team.isWorth(rows * operations / OF_A_STEP);
    }

    void compute(X rows, int count, float[] outputs, int[] classesOfRows) {
      team.take();
      x = rows;
      n = count;
      step = team.evenRows(count, most);
      y = outputs;
      classes = classesOfRows;
      next.set(0);
      try {
        team.computeWithHelp(this);
      } finally {
        x = null;
        y = null;
        classes = null;
        team.release();
      }
    }

    @Override
    public void run(int part) {
      FloatInference<X> own = part == 0 ? first : others[part - 1];
      long from = next.getAndAdd(step);
      while (from < n) {
        own.tiles(x, (int) from, (int) Math.min(n, from + step), y, classes);
        from = next.getAndAdd(step);
      }
    }
  }
}
