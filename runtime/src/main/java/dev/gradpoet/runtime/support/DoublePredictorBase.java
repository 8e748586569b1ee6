package dev.gradpoet.runtime.support;

import dev.gradpoet.DType;
import dev.gradpoet.Loss;
import dev.gradpoet.runtime.DoublePredictor;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.memory.Rows;
import java.util.Objects;

/** The base class of the predictors of networks in {@code double}: checks, methods on tensors, and the loops over tiles of rows. */
public abstract class DoublePredictorBase implements DoublePredictor {

  private final SampleShape input;
  private final SampleShape output;
  private final int inputs;
  private final int outputs;
  private final int tile;
  private final Loss loss;
  private final boolean hasClasses;

  /**
   * A predictor.
   *
   * @param input the shape of an input row
   * @param output the shape of an output row
   * @param tile the maximum number of rows of a forward pass
   * @param loss the declared loss
   * @param hasClasses whether the network has classes
   */
  protected DoublePredictorBase(
      SampleShape input, SampleShape output, int tile, Loss loss, boolean hasClasses) {
    this.input = input;
    this.output = output;
    this.inputs = input.size();
    this.outputs = output.size();
    this.tile = tile;
    this.loss = loss;
    this.hasClasses = hasClasses;
  }

  /** Writes the outputs of {@code n} rows to {@code y}, without checks; more than one row by {@link #inferTiles}. */
  protected abstract void infer(double[] x, int n, double[] y);

  /**
   * A forward pass of a tile, without checks.
   *
   * @param from the first row of {@code x}
   * @param rows the number of rows, at most a tile
   * @return the outputs, in padded rows
   */
  protected abstract double[][] forward(double[] x, int from, int rows);

  /**
   * Derives the classes of the rows of a tile from their outputs; overridden if the network has classes.
   *
   * @param y the outputs
   * @param rows the number of rows
   * @param classes receives the classes
   * @param from the index of the first class
   */
  protected void classify(double[][] y, int rows, int[] classes, int from) {
    throw output.noClasses(loss);
  }

  private void requireClasses() {
    if (!hasClasses) {
      throw output.noClasses(loss);
    }
  }

  /** {@code infer} for any number of rows, tile by tile. */
  protected final void inferTiles(double[] x, int n, double[] y) {
    for (int from = 0; from < n; from += tile) {
      int rows = Math.min(tile, n - from);
      Rows.write(forward(x, from, rows), rows, outputs, y, from);
    }
  }

  @Override
  public final void forward(double[] x, double[] y) {
    int n = Check.rows("x", Objects.requireNonNull(x, "x").length, inputs);
    Check.exactRows("y", n, Objects.requireNonNull(y, "y").length, outputs);
    infer(x, n, y);
  }

  @Override
  public final void forward(double[] x, int n, double[] y) {
    Check.atLeastRows("x", n, Objects.requireNonNull(x, "x").length, inputs);
    Check.atLeastRows("y", n, Objects.requireNonNull(y, "y").length, outputs);
    infer(x, n, y);
  }

  @Override
  public final Tensor forward(Tensor x) {
    int n = input.batchOrSample("x", x, DType.FLOAT64);
    double[] y = new double[Check.outputs(n, outputs, Double.BYTES)];
    infer(x.toDoubleArray(), n, y);
    return output.view(y, n, x, input);
  }

  @Override
  public int predictClass(double[] x) {
    throw output.noClasses(loss);
  }

  @Override
  public final int predictClass(Tensor x) {
    requireClasses();
    input.oneSample(x, DType.FLOAT64);
    return predictClass(x.toDoubleArray());
  }

  @Override
  public final void predictClasses(double[] x, int n, int[] classes) {
    requireClasses();
    Check.atLeastRows("x", n, Objects.requireNonNull(x, "x").length, inputs);
    Check.atLeastRows("classes", n, Objects.requireNonNull(classes, "classes").length, 1);
    for (int from = 0; from < n; from += tile) {
      int rows = Math.min(tile, n - from);
      classify(forward(x, from, rows), rows, classes, from);
    }
  }

  @Override
  public final int[] predictClasses(Tensor x) {
    requireClasses();
    int n = input.batchOrSample("x", x, DType.FLOAT64);
    int[] classes = new int[n];
    predictClasses(x.toDoubleArray(), n, classes);
    return classes;
  }

  @Override
  public final void probabilities(double[] x, int n, double[] y) {
    Probabilities.require(loss);
    forward(x, n, y);
    Probabilities.of(loss, y, n, outputs);
  }

  @Override
  public final Tensor probabilities(Tensor x) {
    Probabilities.require(loss);
    int n = input.batchOrSample("x", x, DType.FLOAT64);
    double[] y = new double[Check.outputs(n, outputs, Double.BYTES)];
    probabilities(x.toDoubleArray(), n, y);
    return output.view(y, n, x, input);
  }

  @Override
  public final int[] classesOf(Tensor output) {
    requireClasses();
    int n = this.output.batchOrSample("output", output, DType.FLOAT64);
    double[] values = output.toDoubleArray();
    int[] classes = new int[n];
    double[][] row = new double[1][outputs];
    for (int r = 0; r < n; r++) {
      Rows.read(values, r, 1, outputs, row);
      classify(row, 1, classes, r);
    }
    return classes;
  }

  @Override
  public final Tensor probabilitiesOf(Tensor output) {
    Probabilities.require(loss);
    int n = this.output.batchOrSample("output", output, DType.FLOAT64);
    double[] y = Probabilities.of(loss, output.toDoubleArray(), n, outputs);
    return Tensor.view(y, output.shape());
  }
}
