package dev.gradpoet.runtime;

/**
 * Runs inference on a network with the scratch memory of one thread. The generated class adds methods on arrays, which allocate nothing: {@link
 * FloatPredictor} or {@link DoublePredictor} for one dense input.
 */
public interface Predictor extends AutoCloseable {

  /**
   * The outputs for a batch of rows, or for one row.
   *
   * @param x shape {@code [n, INPUTS]} or {@code [INPUTS]}, of the network's dtype
   * @return a new tensor of shape {@code [n, OUTPUTS]} or {@code [OUTPUTS]}
   * @throws IllegalArgumentException if {@code x} has the wrong shape or dtype
   * @throws NullPointerException if {@code x} is null
   */
  Tensor forward(Tensor x);

  /**
   * The same for any number of inputs.
   *
   * @param inputs one tensor for each input of the network, in order; class indices are {@code INT64}
   * @return a new tensor of shape {@code [n, OUTPUTS]} or {@code [OUTPUTS]}
   * @throws IllegalArgumentException if the number of tensors is wrong, or one has the wrong shape or dtype
   * @throws NullPointerException if {@code inputs} or a tensor is null
   */
  default Tensor forward(Tensor... inputs) {
    return forward(Arguments.single(inputs));
  }

  /**
   * The class of one row: the index of the largest output, the first one if several are equal. For a network with one output, 1 if the output is greater than the value
   * of the last activation at 0 (0 for most, 0.5 for a sigmoid, -0.693 for a log-sigmoid; 0.5 with {@code Loss.BCE}), otherwise 0. If the only output is that of a softmax, or
   * the loss takes class indices, there is a single class, and the result is 0.
   *
   * @param x shape {@code [INPUTS]} or {@code [1, INPUTS]}, of the network's dtype
   * @throws IllegalArgumentException if {@code x} has the wrong shape or dtype
   * @throws NullPointerException if {@code x} is null
   * @throws UnsupportedOperationException if the network has no classes: it has one output and a regression loss, and its last activation does not separate two classes, as a sigmoid does
   */
  int predictClass(Tensor x);

  /**
   * The same for any number of inputs.
   *
   * @param inputs one tensor for each input of the network, in order; class indices are {@code INT64}
   * @throws IllegalArgumentException if the number of tensors is wrong, or one has the wrong shape or dtype
   * @throws NullPointerException if {@code inputs} or a tensor is null
   * @throws UnsupportedOperationException if the network has no classes
   */
  default int predictClass(Tensor... inputs) {
    return predictClass(Arguments.single(inputs));
  }

  /**
   * The class of each row, as defined by {@link #predictClass(Tensor)}.
   *
   * @param x shape {@code [n, INPUTS]} or {@code [INPUTS]}, of the network's dtype
   * @return one class per row
   * @throws IllegalArgumentException if {@code x} has the wrong shape or dtype
   * @throws NullPointerException if {@code x} is null
   */
  int[] predictClasses(Tensor x);

  /**
   * The same for any number of inputs.
   *
   * @param inputs one tensor for each input of the network, in order
   * @return one class per row
   * @throws IllegalArgumentException if the number of tensors is wrong, or one has the wrong shape or dtype
   * @throws NullPointerException if {@code inputs} or a tensor is null
   * @throws UnsupportedOperationException if the network has no classes
   */
  default int[] predictClasses(Tensor... inputs) {
    return predictClasses(Arguments.single(inputs));
  }

  /**
   * The probabilities according to the declared loss, as defined by {@link Model#probabilities}.
   *
   * @param x shape {@code [n, INPUTS]} or {@code [INPUTS]}, of the network's dtype
   * @return a new tensor of shape {@code [n, OUTPUTS]} or {@code [OUTPUTS]}
   * @throws IllegalArgumentException if {@code x} has the wrong shape or dtype
   * @throws NullPointerException if {@code x} is null
   * @throws UnsupportedOperationException if the network was declared with a different loss or without one
   */
  Tensor probabilities(Tensor x);

  /**
   * The same for any number of inputs.
   *
   * @param inputs one tensor for each input of the network, in order
   * @return a new tensor of shape {@code [n, OUTPUTS]} or {@code [OUTPUTS]}
   * @throws IllegalArgumentException if the number of tensors is wrong, or one has the wrong shape or dtype
   * @throws NullPointerException if {@code inputs} or a tensor is null
   * @throws UnsupportedOperationException if the network was declared with a different loss or without one
   */
  default Tensor probabilities(Tensor... inputs) {
    return probabilities(Arguments.single(inputs));
  }

  /**
   * The class of each row of outputs that have already been computed, as defined by {@link #predictClass(Tensor)}: no forward pass.
   *
   * @param output outputs of this network, shape {@code [n, OUTPUTS]} or {@code [OUTPUTS]}
   * @return one class per row
   * @throws IllegalArgumentException if {@code output} has the wrong shape or dtype
   * @throws NullPointerException if {@code output} is null
   * @throws UnsupportedOperationException if the network has no classes
   */
  int[] classesOf(Tensor output);

  /**
   * The probabilities of outputs that have already been computed, as defined by {@link Model#probabilities}: no forward pass.
   *
   * @param output outputs of this network, shape {@code [n, OUTPUTS]} or {@code [OUTPUTS]}
   * @return a new tensor of the same shape
   * @throws IllegalArgumentException if {@code output} has the wrong shape or dtype
   * @throws NullPointerException if {@code output} is null
   * @throws UnsupportedOperationException if the network was declared with a different loss or without one
   */
  Tensor probabilitiesOf(Tensor output);

  /**
   * Ends its worker threads, after which its methods throw an IllegalStateException. Does nothing if there is only one thread, or if it is already closed.
   * The threads are daemons, and also end when nothing refers to the predictor any more.
   */
  @Override
  default void close() {}
}
