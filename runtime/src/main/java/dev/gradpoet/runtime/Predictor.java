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
   * The class of one row: the index of the largest output, the first one if several are equal. For a network with one output, 1 if the output is greater than the value
   * of the last activation at 0 (0 for most, 0.5 for a sigmoid, -0.693 for a log-sigmoid; 0.5 with {@code Loss.BCE}), otherwise 0. If the only output is that of a softmax, or
   * the loss takes class indices, there is a single class, and the result is 0.
   *
   * @param x shape {@code [INPUTS]} or {@code [1, INPUTS]}, of the network's dtype
   * @throws IllegalArgumentException if {@code x} has another shape or dtype
   * @throws NullPointerException if {@code x} is null
   * @throws UnsupportedOperationException if the network has no classes: it has one output and a regression loss, and its last activation does not separate two classes, as a sigmoid does.
   *     The generated class then has no {@code predictClass} for arrays
   */
  int predictClass(Tensor x);

  /**
   * The class of each row, as defined by {@link #predictClass}.
   *
   * @param x shape {@code [n, INPUTS]} or {@code [INPUTS]}, of the network's dtype
   * @return one class per row
   * @throws IllegalArgumentException if {@code x} has another shape or dtype
   * @throws NullPointerException if {@code x} is null
   */
  int[] predictClasses(Tensor x);

  /**
   * The probabilities according to the declared loss, as defined by {@link Model#probabilities}.
   *
   * @param x shape {@code [n, INPUTS]} or {@code [INPUTS]}, of the network's dtype
   * @return a new tensor of shape {@code [n, OUTPUTS]} or {@code [OUTPUTS]}
   * @throws IllegalArgumentException if {@code x} has another shape or dtype
   * @throws NullPointerException if {@code x} is null
   * @throws UnsupportedOperationException if the network was declared with another loss or without
   */
  Tensor probabilities(Tensor x);
}
