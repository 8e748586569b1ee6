package dev.gradpoet.runtime.support;

import dev.gradpoet.DType;
import dev.gradpoet.Loss;
import dev.gradpoet.runtime.FloatPredictor;
import dev.gradpoet.runtime.Tensor;
import java.util.Objects;

/** The base class of the predictors of networks in {@code float} with one dense input. */
public abstract class FloatPredictorBase extends FloatInference<float[]> implements FloatPredictor {

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
  protected FloatPredictorBase(
      SampleShape input, SampleShape output, int tile, Loss loss, boolean hasClasses) {
    super(output, tile, loss, hasClasses);
    this.input = input;
    this.inputs = input.size();
  }

  @Override
  protected final int rows(float[] x) {
    return Check.rows("x", Objects.requireNonNull(x, "x").length, inputs);
  }

  @Override
  protected final void atLeastRows(float[] x, int n) {
    Check.atLeastRows("x", n, Objects.requireNonNull(x, "x").length, inputs);
  }

  @Override
  protected abstract void infer(float[] x, int n, float[] y);

  @Override
  protected abstract float[][] forward(float[] x, int from, int rows);

  @Override
  public final void forward(float[] x, float[] y) {
    inferAll(x, y);
  }

  @Override
  public final void forward(float[] x, int n, float[] y) {
    inferFirst(x, n, y);
  }

  @Override
  public final Tensor forward(Tensor x) {
    int n = input.batchOrSample("x", x, DType.FLOAT32);
    requireOpen();
    float[] y = outputs(n);
    infer(x.toFloatArray(), n, y);
    return output().view(y, n, input.isSample(x));
  }

  @Override
  public int predictClass(float[] x) {
    throw noClasses();
  }

  @Override
  public final int predictClass(Tensor x) {
    requireClasses();
    input.oneSample(x, DType.FLOAT32);
    return predictClass(x.toFloatArray());
  }

  @Override
  public final void predictClasses(float[] x, int n, int[] classes) {
    classifyFirst(x, n, classes);
  }

  @Override
  public final int[] predictClasses(Tensor x) {
    requireClasses();
    int n = input.batchOrSample("x", x, DType.FLOAT32);
    int[] classes = new int[n];
    classifyFirst(x.toFloatArray(), n, classes);
    return classes;
  }

  @Override
  public final void probabilities(float[] x, int n, float[] y) {
    inferProbabilities(x, n, y);
  }

  @Override
  public final Tensor probabilities(Tensor x) {
    requireProbabilities();
    int n = input.batchOrSample("x", x, DType.FLOAT32);
    float[] y = outputs(n);
    inferProbabilities(x.toFloatArray(), n, y);
    return output().view(y, n, input.isSample(x));
  }
}
