package dev.gradpoet.runtime;

/** A {@link Predictor} of a network in {@code double} with one dense input, with methods on arrays, which allocate nothing. */
public interface DoublePredictor extends Predictor {

  /**
   * Writes the outputs of all rows of {@code x} to {@code y}.
   *
   * @param x n rows of inputs, one after the other
   * @param y receives n rows of outputs
   * @throws IllegalArgumentException if the length of {@code x} is not a whole number of rows, or {@code y} has a different number of rows
   * @throws NullPointerException if an argument is null
   */
  void forward(double[] x, double[] y);

  /**
   * Writes the outputs of the first {@code n} rows; the arrays may be longer.
   *
   * @param x at least n rows of inputs
   * @param n at least 1
   * @param y receives n rows of outputs
   * @throws IllegalArgumentException if {@code n} is below 1 or an array is shorter
   * @throws NullPointerException if an array is null
   */
  void forward(double[] x, int n, double[] y);

  /**
   * The class of one row, as defined by {@link Predictor#predictClass(Tensor)}.
   *
   * @param x one row of inputs
   * @throws IllegalArgumentException if {@code x} is not one row
   * @throws NullPointerException if {@code x} is null
   * @throws UnsupportedOperationException if the network has no classes
   */
  int predictClass(double[] x);

  /**
   * The classes of the first {@code n} rows, as defined by {@link Predictor#predictClass(Tensor)}; the arrays may be longer.
   *
   * @param x at least n rows of inputs
   * @param n at least 1
   * @param classes receives n classes
   * @throws IllegalArgumentException if {@code n} is below 1 or an array is shorter
   * @throws NullPointerException if an array is null
   * @throws UnsupportedOperationException if the network has no classes
   */
  void predictClasses(double[] x, int n, int[] classes);

  /**
   * The probabilities of the first {@code n} rows, as defined by {@link Model#probabilities}; the arrays may be longer.
   *
   * @param x at least n rows of inputs
   * @param n at least 1
   * @param y receives n rows of probabilities
   * @throws IllegalArgumentException if {@code n} is below 1 or an array is shorter
   * @throws NullPointerException if an array is null
   * @throws UnsupportedOperationException if the outputs are not turned into probabilities for the declared loss
   */
  void probabilities(double[] x, int n, double[] y);
}
