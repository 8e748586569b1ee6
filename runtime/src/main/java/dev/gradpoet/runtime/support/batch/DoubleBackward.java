package dev.gradpoet.runtime.support.batch;

/** The backward pass of a batch in {@code double}, or of the part of its rows that a thread computes. The generated class adds the kernels. */
public interface DoubleBackward {

  /**
   * The backward pass, from the gradient of the outputs to that of each parameter: the gradients of its own rows, and its share of those of the
   * parameters.
   *
   * @param n the number of its rows
   * @param total the number of rows of the batch
   * @param factor what the gradients of the parameters are multiplied by
   * @param inPlace whether the products are added to the parameters themselves, rather than to their gradients
   */
  void pass(int n, int total, double factor, boolean inPlace);
}
