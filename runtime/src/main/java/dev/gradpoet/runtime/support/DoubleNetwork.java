package dev.gradpoet.runtime.support;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Architecture;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.memory.Rows;

/** What generated networks in {@code double} with one dense input have in common. */
public abstract class DoubleNetwork extends NetworkBase {

  /** For generated classes. */
  protected DoubleNetwork() {}

  /**
   * The outputs of one row or of many. Any thread may call it; for many calls, {@link #predictor()} gives an object that allocates nothing.
   *
   * @param x n rows of inputs, one after the other
   * @return n rows of outputs
   * @throws IllegalArgumentException if the length is not that of whole rows
   */
  public abstract double[] forward(double[] x);

  /** The outputs of the rows of x, each an array of one sample's inputs. */
  public final double[][] forward(double[][] x) {
    return Rows.split(forward(Rows.flat(x, inputs(architecture()))), outputs(architecture()));
  }

  @Override
  public final Tensor forward(Tensor x) {
    Architecture network = architecture();
    int n = Check.matrixOrRow("x", x, DType.FLOAT64, inputs(network));
    double[] y = forward(x.toDoubleArray());
    return x.shape().length == 1
        ? Tensor.view(y, outputs(network))
        : Tensor.view(y, n, outputs(network));
  }

  private static int inputs(Architecture network) {
    return network.inputs().get(0).shape()[0];
  }

  private static int outputs(Architecture network) {
    return network.outputShape()[0];
  }
}
