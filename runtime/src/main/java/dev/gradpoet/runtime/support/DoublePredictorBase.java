package dev.gradpoet.runtime.support;

import dev.gradpoet.DType;
import dev.gradpoet.Loss;
import dev.gradpoet.runtime.DoublePredictor;
import dev.gradpoet.runtime.Tensor;
import java.util.Objects;

/** The base class of the predictors of networks in {@code double} with one dense input. */
public abstract class DoublePredictorBase extends DoubleInference<double[]>
    implements DoublePredictor {

  private final SampleShape input;
  private final int inputs;

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
    super(output, tile, loss, hasClasses);
    this.input = input;
    this.inputs = input.size();
  }

  @Override
  protected final int rows(double[] x) {
    return Check.rows("x", Objects.requireNonNull(x, "x").length, inputs);
  }

  @Override
  protected final void atLeastRows(double[] x, int n) {
    Check.atLeastRows("x", n, Objects.requireNonNull(x, "x").length, inputs);
  }

  @Override
  protected abstract void infer(double[] x, int n, double[] y);

  @Override
  protected abstract double[][] forward(double[] x, int from, int rows);

  @Override
  public final void forward(double[] x, double[] y) {
    inferAll(x, y);
  }

  @Override
  public final void forward(double[] x, int n, double[] y) {
    inferFirst(x, n, y);
  }

  @Override
  public final Tensor forward(Tensor x) {
    int n = input.batchOrSample("x", x, DType.FLOAT64);
    requireOpen();
    double[] y = outputs(n);
    infer(x.toDoubleArray(), n, y);
    return output().view(y, n, input.isSample(x));
  }

  @Override
  public int predictClass(double[] x) {
    throw noClasses();
  }

  @Override
  public final int predictClass(Tensor x) {
    requireClasses();
    input.oneSample(x, DType.FLOAT64);
    return predictClass(x.toDoubleArray());
  }

  @Override
  public final void predictClasses(double[] x, int n, int[] classes) {
    classifyFirst(x, n, classes);
  }

  @Override
  public final int[] predictClasses(Tensor x) {
    requireClasses();
    int n = input.batchOrSample("x", x, DType.FLOAT64);
    int[] classes = new int[n];
    classifyFirst(x.toDoubleArray(), n, classes);
    return classes;
  }

  @Override
  public final void probabilities(double[] x, int n, double[] y) {
    inferProbabilities(x, n, y);
  }

  @Override
  public final Tensor probabilities(Tensor x) {
    requireProbabilities();
    int n = input.batchOrSample("x", x, DType.FLOAT64);
    double[] y = outputs(n);
    inferProbabilities(x.toDoubleArray(), n, y);
    return output().view(y, n, input.isSample(x));
  }
}
