package dev.gradpoet.runtime.support.training;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Tensor;
import dev.gradpoet.runtime.memory.Rows;
import java.util.Objects;

/** A batch of a network in {@code double} with one dense input. */
public abstract class DoubleBatch extends DoubleBatchOf<double[]> {

  /** The rows that the kernels read. */
  private final double[][] input;

  /**
   * A batch over arrays of as many rows as it may have.
   *
   * @param targets what the loss takes
   * @param input the inputs
   * @param output the outputs
   * @param gradient the gradient of the outputs
   */
  protected DoubleBatch(Targets targets, double[][] input, double[][] output, double[][] gradient) {
    super(targets, output, gradient);
    this.input = input;
  }

  @Override
  protected final int rows(double[] x) {
    return targets.rows(Objects.requireNonNull(x, "x").length);
  }

  @Override
  protected final void atLeastRows(double[] x, int n) {
    targets.atLeastRows(n, Objects.requireNonNull(x, "x").length);
  }

  @Override
  protected final void read(double[] x, int from, int n) {
    Rows.read(x, from, n, targets.inputs(), input);
  }

  /** The loss of the rows of a tensor. */
  public final double evaluate(Tensor x, Tensor y) {
    int n = targets.rows(x, DType.FLOAT64);
    return evaluate(x.toDoubleArray(), n, y);
  }
}
