package dev.gradpoet.runtime.support;

import dev.gradpoet.DType;
import dev.gradpoet.Loss;
import dev.gradpoet.runtime.Predictor;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.memory.Rows;
import java.util.Objects;

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
    for (int from = 0; from < n; from += tile) {
      int rows = Math.min(tile, n - from);
      Rows.write(forward(x, from, rows), rows, outputs, y, from);
    }
  }

  /** Writes the outputs of all rows. */
  protected final void inferAll(X x, float[] y) {
    int n = rows(x);
    Check.exactRows("y", n, Objects.requireNonNull(y, "y").length, outputs);
    infer(x, n, y);
  }

  /** Writes the outputs of the first n rows. */
  protected final void inferFirst(X x, int n, float[] y) {
    atLeastRows(x, n);
    Check.atLeastRows("y", n, Objects.requireNonNull(y, "y").length, outputs);
    infer(x, n, y);
  }

  /** Writes the classes of the first n rows. */
  protected final void classifyFirst(X x, int n, int[] classes) {
    requireClasses();
    atLeastRows(x, n);
    Check.atLeastRows("classes", n, Objects.requireNonNull(classes, "classes").length, 1);
    for (int from = 0; from < n; from += tile) {
      int rows = Math.min(tile, n - from);
      classify(forward(x, from, rows), rows, classes, from);
    }
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
    int n = this.output.batchOrSample("output", output, DType.FLOAT32);
    float[] values = output.toFloatArray();
    int[] classes = new int[n];
    float[][] row = new float[1][outputs];
    for (int r = 0; r < n; r++) {
      Rows.read(values, r, 1, outputs, row);
      classify(row, 1, classes, r);
    }
    return classes;
  }

  @Override
  public final Tensor probabilitiesOf(Tensor output) {
    requireProbabilities();
    int n = this.output.batchOrSample("output", output, DType.FLOAT32);
    float[] y = Probabilities.of(loss, output.toFloatArray(), n, outputs);
    return Tensor.view(y, output.shape());
  }
}
