package dev.gradpoet.runtime.support.inputs;

import dev.gradpoet.Loss;
import dev.gradpoet.runtime.Architecture;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.support.FloatInference;
import dev.gradpoet.runtime.support.SampleShape;

/** The base class of the predictors of networks in {@code float} with other inputs than one dense one. */
public abstract class FloatInputsPredictor extends FloatInference<Object[]> {

  private final Inputs inputs;

  /** The class of a single row. */
  private final int[] one = new int[1];

  /**
   * A predictor.
   *
   * @param network the structure of the network
   * @param tile the maximum number of rows of a forward pass
   * @param loss the declared loss
   * @param hasClasses whether the network has classes
   */
  protected FloatInputsPredictor(Architecture network, int tile, Loss loss, boolean hasClasses) {
    super(SampleShape.of(network.outputShape()), tile, loss, hasClasses);
    this.inputs = Inputs.of(network);
  }

  @Override
  protected final int rows(Object[] x) {
    return inputs.rows(x);
  }

  @Override
  protected final void atLeastRows(Object[] x, int n) {
    inputs.atLeastRows(n, x);
  }

  @Override
  protected final void infer(Object[] x, int n, float[] y) {
    inferTiles(x, n, y);
  }

  /** The class of one row. */
  protected final int classOfRow(Object... x) {
    requireClasses();
    inputs.oneRow(x);
    classifyFirst(x, 1, one);
    return one[0];
  }

  @Override
  public final Tensor forward(Tensor x) {
    return forward(inputs.only(x));
  }

  @Override
  public final Tensor forward(Tensor... tensors) {
    int n = inputs.batchOrSample(tensors);
    requireOpen();
    Object[] x = inputs.arrays(tensors);
    float[] y = outputs(n);
    infer(x, n, y);
    return output().view(y, n, inputs.areSamples(tensors));
  }

  @Override
  public final int predictClass(Tensor x) {
    requireClasses();
    return predictClass(inputs.only(x));
  }

  @Override
  public final int predictClass(Tensor... tensors) {
    requireClasses();
    inputs.batchOrSample(tensors);
    return classOfRow(inputs.arrays(tensors));
  }

  @Override
  public final int[] predictClasses(Tensor x) {
    requireClasses();
    return predictClasses(inputs.only(x));
  }

  @Override
  public final int[] predictClasses(Tensor... tensors) {
    requireClasses();
    int[] classes = new int[inputs.batchOrSample(tensors)];
    classifyFirst(inputs.arrays(tensors), classes.length, classes);
    return classes;
  }

  @Override
  public final Tensor probabilities(Tensor x) {
    requireProbabilities();
    return probabilities(inputs.only(x));
  }

  @Override
  public final Tensor probabilities(Tensor... tensors) {
    requireProbabilities();
    int n = inputs.batchOrSample(tensors);
    Object[] x = inputs.arrays(tensors);
    float[] y = outputs(n);
    inferProbabilities(x, n, y);
    return output().view(y, n, inputs.areSamples(tensors));
  }
}
