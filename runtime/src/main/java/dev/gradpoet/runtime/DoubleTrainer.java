package dev.gradpoet.runtime;

/**
 * A {@link Trainer} of a {@code FLOAT64} network with one dense input: the methods on arrays, which allocate nothing once compiled.
 *
 * <p>Rows are flat and row-major: {@code x} holds n rows of INPUTS values, an output n rows of OUTPUTS values. A generated class also implements
 * {@link ClassTargets} or {@link DenseTargets} or both, whichever targets its loss takes; with {@code Loss.NONE} it implements neither.
 */
public interface DoubleTrainer extends Trainer {

  /**
   * Computes the outputs of whole rows and keeps the values that {@code backward} needs.
   *
   * @param x n rows of INPUTS values, n at most the capacity
   * @throws IllegalArgumentException if the length is not a whole number of rows, or there are more than the capacity
   */
  void forward(double[] x);

  /**
   * {@code forward} of the first n rows of an array that may be longer.
   *
   * @param x at least n rows of INPUTS values
   * @param n from 1 to the capacity
   * @throws IllegalArgumentException if n is out of its range, or {@code x} is shorter
   */
  void forward(double[] x, int n);

  /**
   * Writes the outputs of the last {@code forward} or {@code step}, those of {@link #output()}, to an array.
   *
   * @param y receives n rows of OUTPUTS values; may be longer
   * @return n, the number of rows
   * @throws IllegalArgumentException if {@code y} is shorter
   * @throws IllegalStateException before the first {@code forward}
   */
  int output(double[] y);

  /**
   * Adds the gradient of any function of the outputs to the gradients of the parameters.
   *
   * @param gradOutput the gradient with respect to the outputs of the last {@code forward}: n rows of OUTPUTS values
   * @throws IllegalArgumentException if it has another length
   * @throws IllegalStateException without a {@code forward} before it, or after {@code update} or {@code step}
   */
  void backward(double[] gradOutput);

  /** A trainer whose loss takes the class of each row: {@code CROSS_ENTROPY} and {@code NLL}. */
  interface ClassTargets extends DoubleTrainer {

    /**
     * Exactly {@link #zeroGrad}, {@link #forward(double[])}, {@link #loss(int[])}, {@link #backward()}, {@link #update}, with exactly the same bits
     * as these calls. Afterwards the gradients must not be read.
     *
     * @param x n rows of INPUTS values, n at most the capacity
     * @param y the class of each row, from 0 to OUTPUTS - 1, or the loss's {@code ignoreIndex} to ignore the row
     * @return the loss before the update
     * @throws IllegalArgumentException if a length does not fit or a class index is invalid; nothing has changed then
     */
    double step(double[] x, int[] y);

    /**
     * {@code step} on the first n rows of arrays that may be longer.
     *
     * @param x at least n rows of INPUTS values
     * @param n from 1 to the capacity
     * @param y at least n classes
     * @return the loss before the update
     * @throws IllegalArgumentException if n is out of its range, an array is shorter, or a class index is invalid; nothing has changed then
     */
    double step(double[] x, int n, int[] y);

    /**
     * The loss of the last {@code forward}.
     *
     * @param y the class of each row, as for {@link #step(double[], int[])}
     * @throws IllegalArgumentException if it has another length or a class index is invalid
     * @throws IllegalStateException before the first {@code forward}
     */
    double loss(int[] y);

    /**
     * The loss of any number of rows. Nothing changes: neither parameters, nor gradients, nor the state that {@code forward} keeps for {@code
     * backward}.
     *
     * @param x n rows of INPUTS values
     * @param y the class of each row, as for {@link #step(double[], int[])}
     * @throws IllegalArgumentException if a length does not fit or a class index is invalid
     */
    double evaluate(double[] x, int[] y);

    /**
     * {@code evaluate} on the first n rows of arrays that may be longer.
     *
     * @param x at least n rows of INPUTS values
     * @param n at least 1
     * @param y at least n classes
     * @throws IllegalArgumentException if n is below 1, an array is shorter, or a class index is invalid
     */
    double evaluate(double[] x, int n, int[] y);
  }

  /** A trainer whose loss takes dense targets, a row of values for each row: every loss except {@code NLL}. */
  interface DenseTargets extends DoubleTrainer {

    /**
     * Exactly {@link #zeroGrad}, {@link #forward(double[])}, {@link #loss(double[])}, {@link #backward()}, {@link #update}, with exactly the same
     * bits as these calls. Afterwards the gradients must not be read.
     *
     * @param x n rows of INPUTS values, n at most the capacity
     * @param y n rows of OUTPUTS values
     * @return the loss before the update
     * @throws IllegalArgumentException if a length does not fit, or a target of {@code BCE} is not within 0 and 1; nothing has changed then
     */
    double step(double[] x, double[] y);

    /**
     * {@code step} on the first n rows of arrays that may be longer.
     *
     * @param x at least n rows of INPUTS values
     * @param n from 1 to the capacity
     * @param y at least n rows of OUTPUTS values
     * @return the loss before the update
     * @throws IllegalArgumentException if n is out of its range, an array is shorter, or a target of {@code BCE} is not within 0 and 1; nothing has
     *     changed then
     */
    double step(double[] x, int n, double[] y);

    /**
     * The loss of the last {@code forward}.
     *
     * @param y a row of OUTPUTS values for each of its rows
     * @throws IllegalArgumentException if it has another length, or a target of {@code BCE} is not within 0 and 1
     * @throws IllegalStateException before the first {@code forward}
     */
    double loss(double[] y);

    /**
     * The loss of any number of rows. Nothing changes: neither parameters, nor gradients, nor the state that {@code forward} keeps for {@code
     * backward}.
     *
     * @param x n rows of INPUTS values
     * @param y n rows of OUTPUTS values
     * @throws IllegalArgumentException if a length does not fit, or a target of {@code BCE} is not within 0 and 1
     */
    double evaluate(double[] x, double[] y);

    /**
     * {@code evaluate} on the first n rows of arrays that may be longer.
     *
     * @param x at least n rows of INPUTS values
     * @param n at least 1
     * @param y at least n rows of OUTPUTS values
     * @throws IllegalArgumentException if n is below 1, an array is shorter, or a target of {@code BCE} is not within 0 and 1
     */
    double evaluate(double[] x, int n, double[] y);
  }
}
