package dev.gradpoet.runtime;

/** One thread's scratch for inference on a network. The generated class adds methods on arrays, which allocate nothing. */
public interface Predictor {

  /**
   * The outputs for a batch of rows, or for one.
   *
   * @param x shape {@code [n, INPUTS]} or {@code [INPUTS]}, of the network's dtype
   * @return a new tensor of shape {@code [n, OUTPUTS]} or {@code [OUTPUTS]}
   * @throws IllegalArgumentException if {@code x} has another shape or dtype
   * @throws NullPointerException if {@code x} is null
   */
  Tensor forward(Tensor x);

  /**
   * The class of one row: the index of the largest output, the first of equals; of a network with one output, 1 if that is above what the last
   * activation makes of 0 (0 for most, 0.5 for a sigmoid, -0.693 for its logarithm, 0.5 with {@code Loss.BCE}), and 0 if not. One output of a softmax, or of a loss that
   * takes class indices, is that of the only class, 0.
   *
   * @param x shape {@code [INPUTS]} or {@code [1, INPUTS]}, of the network's dtype
   * @throws IllegalArgumentException if {@code x} has another shape or dtype
   * @throws NullPointerException if {@code x} is null
   * @throws UnsupportedOperationException if there are no classes: one output of a regression loss, with no activation of two sides such as a sigmoid behind it.
   *     The generated class then has no {@code predictClass} on an array
   */
  int predictClass(Tensor x);

  /**
   * The class of each row, as {@link #predictClass} says.
   *
   * @param x shape {@code [n, INPUTS]} or {@code [INPUTS]}, of the network's dtype
   * @return as many classes as rows
   * @throws IllegalArgumentException if {@code x} has another shape or dtype
   * @throws NullPointerException if {@code x} is null
   */
  int[] predictClasses(Tensor x);

  /**
   * The probabilities that the declared loss is taken of, as {@link Model#probabilities} says.
   *
   * @param x shape {@code [n, INPUTS]} or {@code [INPUTS]}, of the network's dtype
   * @return a new tensor of shape {@code [n, OUTPUTS]} or {@code [OUTPUTS]}
   * @throws IllegalArgumentException if {@code x} has another shape or dtype
   * @throws NullPointerException if {@code x} is null
   * @throws UnsupportedOperationException if the network was declared with another loss or without
   */
  Tensor probabilities(Tensor x);
}
