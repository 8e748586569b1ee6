package dev.gradpoet.runtime;

import java.util.Map;

/**
 * Trains a network on one thread: forward, loss, backward, update, in one {@link #step} or move by move.
 *
 * <p>Gradients accumulate over calls of {@code backward} until {@link #zeroGrad}, as in PyTorch. An argument that is refused changes
 * neither parameters nor gradients. The generated class adds the same methods on arrays, which allocate nothing.
 */
public interface Trainer {

  /**
   * Exactly {@link #zeroGrad}, {@link #forward}, {@link #loss}, {@link #backward()}, {@link #update}, with the very bits of these calls.
   * It uses the gradients up: until the next {@code backward}, which starts from zero, they are not to be read.
   *
   * @param x shape {@code [n, INPUTS]}, n at most the capacity
   * @param y the target: class indices of shape {@code [n]} in {@code INT64}, or dense rows of shape {@code [n, OUTPUTS]}
   * @return the loss before the update
   * @throws IllegalArgumentException if an argument has another shape or dtype, a class index is not one, or a target of {@code BCE} is not within 0 and 1
   * @throws UnsupportedOperationException if the network was declared without a loss
   */
  double step(Tensor x, Tensor y);

  /**
   * Computes the outputs of up to {@code capacity} rows and keeps what {@code backward} needs.
   *
   * @param x shape {@code [n, INPUTS]}
   * @throws IllegalArgumentException if {@code x} has another shape or dtype
   */
  void forward(Tensor x);

  /**
   * The outputs of the last {@code forward}, shape {@code [n, OUTPUTS]}: a live view.
   *
   * @throws IllegalStateException before the first {@code forward}
   */
  Tensor output();

  /**
   * The loss of the last {@code forward} against a target.
   *
   * @param y as for {@link #step}
   * @throws IllegalArgumentException if {@code y} has another shape or dtype, a class index is not one, or a target of {@code BCE} is not within 0 and 1
   * @throws IllegalStateException before the first {@code forward}
   * @throws UnsupportedOperationException if the network was declared without a loss
   */
  double loss(Tensor y);

  /**
   * Each loss of the last {@code loss} or {@code step} for itself, of a network that was declared with {@code Reduction.NONE}.
   *
   * @return a copy, shape {@code [n]} for class indices and {@code CROSS_ENTROPY}, else {@code [n, OUTPUTS]}
   * @throws IllegalStateException without a loss since the last {@code forward}
   * @throws UnsupportedOperationException if the network was declared with another reduction or without a loss
   */
  Tensor losses();

  /**
   * Adds the gradient of the last {@code loss} to the gradients of the parameters.
   *
   * @throws IllegalStateException without a {@code loss} of the last {@code forward} before it, or after {@code update} or {@code step}
   * @throws UnsupportedOperationException if the network was declared without a loss
   */
  void backward();

  /**
   * Adds the gradient of any function of the outputs to the gradients of the parameters.
   *
   * @param gradOutput the gradient with respect to the outputs of the last {@code forward}, shape {@code [n, OUTPUTS]}
   * @throws IllegalArgumentException if it has another shape or dtype
   * @throws IllegalStateException without a {@code forward} before it, or after {@code update} or {@code step}
   */
  void backward(Tensor gradOutput);

  /**
   * The gradient of a parameter, in the parameter's shape: a live view.
   *
   * @param name a name of {@link Model#parameters}
   * @throws IllegalArgumentException if there is no such parameter
   * @throws IllegalStateException after {@code step}, until the next {@code backward}
   */
  Tensor gradient(String name);

  /**
   * The gradient of the last {@code backward} with respect to its input rows, shape {@code [n, INPUTS]}, computed by this call. It does
   * not accumulate.
   *
   * @throws IllegalStateException without a {@code backward} since the last {@code forward} and {@code loss}, or after {@code update} or {@code step}, which
   *     change the parameters it needs
   */
  Tensor inputGradient();

  /**
   * One optimizer step with the current gradients. Before the first {@code backward}, and between {@link #zeroGrad} and the next {@code backward}, it changes
   * nothing, neither momenta nor the number of updates, as in PyTorch since 2.0, where these gradients are {@code None}. Nonzero gradients that
   * were written through the view of {@link #gradient} are used.
   *
   * @throws IllegalStateException after {@code step}, until the next {@code backward}
   */
  void update();

  /** Sets all gradients of the parameters to zero: {@link #update} does nothing until the next {@code backward}. */
  void zeroGrad();

  /**
   * Multiplies all gradients by {@code min(1, maxNorm / (norm + 1e-6))}, as <a
   * href="https://pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_norm_.html">torch.nn.utils.clip_grad_norm_</a>: between {@code
   * backward} and {@code update}.
   *
   * @param maxNorm at least 0
   * @return the norm of all gradients together, before
   * @throws IllegalArgumentException if {@code maxNorm} is negative or NaN
   * @throws IllegalStateException after {@code step}, until the next {@code backward}
   */
  double clipGradNorm(double maxNorm);

  /**
   * Takes every gradient between {@code -clipValue} and {@code clipValue}, as <a
   * href="https://pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_value_.html">torch.nn.utils.clip_grad_value_</a>: between {@code
   * backward} and {@code update}.
   *
   * @param clipValue at least 0
   * @throws IllegalArgumentException if it is negative or NaN
   * @throws IllegalStateException after {@code step}, until the next {@code backward}
   */
  void clipGradValue(double clipValue);

  /**
   * A copy of all that the optimizer remembers: {@code step} (INT64 scalar), {@code learning_rate} (FLOAT64 scalar), and for each parameter what
   * PyTorch's state has, such as {@code hidden.weight.exp_avg}. With {@link Model#parameters} it is all that a run needs to go on.
   *
   * @return in a map that cannot be changed
   */
  Map<String, Tensor> state();

  /**
   * Puts back what {@link #state} gave: the run goes on with the bits of one that never stopped.
   *
   * @param state of a trainer of the same declaration and optimizer
   * @throws IllegalArgumentException if a name is missing or unknown, a tensor has another shape or dtype, or holds an invalid value: a step
   *     below 0 or above 2^53, an invalid learning rate, a negative average of squares; the trainer is then unchanged
   * @throws NullPointerException if the state or a tensor is null
   */
  void loadState(Map<String, Tensor> state);

  /**
   * Sets the learning rate from the next update on.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  void learningRate(double learningRate);

  /** The learning rate of the next update: the optimizer's until it is set. */
  double learningRate();

  /**
   * The loss of any number of rows. Nothing changes: neither parameters nor gradients nor what {@code forward} kept.
   *
   * @param x shape {@code [n, INPUTS]}
   * @param y as for {@link #step}
   * @throws IllegalArgumentException if an argument has another shape or dtype, a class index is not one, or a target of {@code BCE} is not within 0 and 1
   * @throws UnsupportedOperationException if the network was declared without a loss
   */
  double evaluate(Tensor x, Tensor y);
}
