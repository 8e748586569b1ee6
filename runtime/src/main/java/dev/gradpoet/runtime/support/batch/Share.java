package dev.gradpoet.runtime.support.batch;

/**
 * What one of the threads of a trainer computes.
 *
 * @param <X> the arrays of a call, which hold the rows of the inputs
 */
public interface Share<X> {

  /** The forward pass of its rows of a batch. */
  void forward(X x, int total);

  /** The backward pass of its rows of a batch, and its share of the gradients of parameters times a factor. */
  void backward(int total, double factor, boolean inPlace);

  /** The outputs of a tile of rows, for {@code evaluate}. */
  void evaluate(X x, int from, int rows);

  /** Sets its share of the gradients of parameters to zero. */
  void zero();

  /** Updates its share of the parameters. */
  void update();
}
