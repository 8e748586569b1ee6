package dev.gradpoet.runtime.support;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Architecture;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.memory.Rows;

/** What generated networks in {@code float} with one dense input have in common. */
public abstract class FloatNetwork extends NetworkBase {

  /** For generated classes. */
  protected FloatNetwork() {}

  /**
   * The outputs of one row or of many. Any thread may call it; for many calls, {@link #predictor()} gives an object that allocates nothing.
   *
   * @param x n rows of inputs, one after the other
   * @return n rows of outputs
   * @throws IllegalArgumentException if the length is not that of whole rows
   */
  public abstract float[] forward(float[] x);

  /** The outputs of the rows of x, each an array of one sample's inputs. */
  public final float[][] forward(float[][] x) {
    return Rows.split(
        forward(Rows.flat(x, input(architecture()).size())),
        output(architecture()).size());
  }

  @Override
  public final Tensor forward(Tensor x) {
    SampleShape input = input(architecture());
    int n = input.batchOrSample("x", x, DType.FLOAT32);
    return output(architecture()).view(forward(x.toFloatArray()), n, input.isSample(x));
  }

  private static SampleShape input(Architecture network) {
    return SampleShape.of(network.inputs().get(0).shape());
  }

  private static SampleShape output(Architecture network) {
    return SampleShape.of(network.outputShape());
  }
}
