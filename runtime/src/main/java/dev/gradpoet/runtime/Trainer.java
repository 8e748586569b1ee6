package dev.gradpoet.runtime;

import java.util.Map;

/**
 * Trains a network on one thread: forward, loss, backward, update, in one {@link #step(Tensor, Tensor) step} or call by call.
 *
 * <p>{@code forward} and {@code step} run in training mode: dropout drops values, and batch normalization normalizes by the statistics of the batch, which
 * must have at least two values per channel (two rows of a vector; otherwise {@link IllegalArgumentException}), and updates its running statistics, unless
 * the layer is {@link #freeze frozen}. {@code evaluate} runs in evaluation mode.
 *
 * <p>Gradients accumulate over calls of {@code backward} until {@link #zeroGrad}, as in PyTorch. A rejected argument changes neither parameters nor
 * gradients. For a network with one dense input, {@link FloatTrainer} and {@link DoubleTrainer} add the same methods on arrays, which allocate nothing.
 */
public interface Trainer extends AutoCloseable {

  /**
   * Exactly {@link #zeroGrad}, {@link #forward(Tensor)}, {@link #loss}, {@link #backward()}, {@link #update}, with exactly the same bits as these
   * calls. Afterwards the gradients must not be read until the next {@code backward}, which starts from zero.
   *
   * @param x shape {@code [n, INPUTS]}, n at most the capacity
   * @param y the target: class indices of shape {@code [n]} in {@code INT64}, or dense rows of shape {@code [n, OUTPUTS]}
   * @return the loss before the update
   * @throws IllegalArgumentException if an argument has the wrong shape or dtype, a class index is invalid, or a target of {@code BCE} is not within
   *     0 and 1
   * @throws UnsupportedOperationException if the network was declared without a loss
   */
  double step(Tensor x, Tensor y);

  /**
   * {@link #step(Tensor, Tensor)} of a network with any number of inputs.
   *
   * @param inputs a tensor for each input, in the order of declaration; class indices are {@code INT64}
   * @param y the target
   * @return the loss before the update
   * @throws IllegalArgumentException if the number of tensors is wrong, or as for {@link #step(Tensor, Tensor)}
   * @throws UnsupportedOperationException if the network was declared without a loss
   */
  double step(Tensor[] inputs, Tensor y);

  /**
   * Computes the outputs of up to {@code capacity} rows and keeps the values that {@code backward} needs.
   *
   * @param x shape {@code [n, INPUTS]}
   * @throws IllegalArgumentException if {@code x} has the wrong shape or dtype
   */
  void forward(Tensor x);

  /**
   * {@link #forward(Tensor)} of a network with any number of inputs.
   *
   * @param inputs a tensor for each input, in the order of declaration; class indices are {@code INT64}
   * @throws IllegalArgumentException if the number of tensors is wrong, or one has the wrong shape or dtype
   */
  void forward(Tensor... inputs);

  /**
   * The outputs of the last {@code forward}, shape {@code [n, OUTPUTS]}: a live view.
   *
   * @throws IllegalStateException before the first {@code forward}
   */
  Tensor output();

  /**
   * The loss of the last {@code forward} against a target.
   *
   * @param y as for {@link #step(Tensor, Tensor)}
   * @throws IllegalArgumentException if {@code y} has the wrong shape or dtype, a class index is invalid, or a target of {@code BCE} is not within 0
   *     and 1
   * @throws IllegalStateException before the first {@code forward}
   * @throws UnsupportedOperationException if the network was declared without a loss
   */
  double loss(Tensor y);

  /**
   * The individual losses of the last {@code loss} or {@code step}, for a network that was declared with {@code Reduction.NONE}.
   *
   * @return a copy, shape {@code [n]} for class indices and {@code CROSS_ENTROPY}, otherwise {@code [n, OUTPUTS]}
   * @throws IllegalStateException without a loss since the last {@code forward}
   * @throws UnsupportedOperationException if the network was declared with a different reduction or without a loss
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
   * @throws IllegalArgumentException if it has the wrong shape or dtype
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
   * @throws IllegalArgumentException if the network has several inputs, or its input holds class indices
   * @throws IllegalStateException without a {@code backward} since the last {@code forward} and {@code loss}, or after {@code update} or {@code
   *     step}, which change the parameters that it needs
   */
  Tensor inputGradient();

  /**
   * {@link #inputGradient()} with respect to one of the inputs.
   *
   * @param input the name of the input: {@code "input"} if the declaration does not name it
   * @throws IllegalArgumentException if no input has this name, or it holds class indices, which have no gradient
   * @throws IllegalStateException as for {@link #inputGradient()}
   */
  Tensor inputGradient(String input);

  /**
   * One optimizer step with the current gradients. Before the first {@code backward}, and between {@link #zeroGrad} and the next {@code backward}, it changes
   * nothing, neither momenta nor the number of updates, as in PyTorch since 2.0, where these gradients are {@code None}. Nonzero gradients that
   * were written through the view of {@link #gradient} are used.
   *
   * @throws IllegalStateException after {@code step}, until the next {@code backward}
   */
  void update();

  /** Sets all gradients of the parameters to zero: {@link #update} does nothing until the next {@code backward}. The same as {@code zeroGrad(true)}. */
  void zeroGrad();

  /**
   * Sets all gradients of the parameters to zero, as PyTorch's <a
   * href="https://pytorch.org/docs/stable/generated/torch.optim.Optimizer.zero_grad.html">zero_grad(set_to_none)</a>.
   *
   * @param setToNone if true, {@link #update} does nothing until the next {@code backward}; if false, it makes a step with the gradients zero, in which
   *     momenta and weight decay still change the parameters. False is for gradients that are written through the view of {@link #gradient} and may all be
   *     zero, such as the sums of several trainers. Unlike in PyTorch, gradients that are None become zeros, too: before the first {@code backward} and after
   *     {@code zeroGrad(true)}
   */
  void zeroGrad(boolean setToNone);

  /**
   * Multiplies all gradients by {@code min(1, maxNorm / (norm + 1e-6))}, as <a
   * href="https://pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_norm_.html">torch.nn.utils.clip_grad_norm_</a>: between {@code
   * backward} and {@code update}.
   *
   * @param maxNorm at least 0
   * @return the norm of all gradients together before clipping
   * @throws IllegalArgumentException if {@code maxNorm} is negative or NaN
   * @throws IllegalStateException after {@code step}, until the next {@code backward}
   */
  double clipGradNorm(double maxNorm);

  /**
   * Clamps every gradient to the range from {@code -clipValue} to {@code clipValue}, as <a
   * href="https://pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_value_.html">torch.nn.utils.clip_grad_value_</a>: between {@code
   * backward} and {@code update}.
   *
   * @param clipValue at least 0
   * @throws IllegalArgumentException if it is negative or NaN
   * @throws IllegalStateException after {@code step}, until the next {@code backward}
   */
  void clipGradValue(double clipValue);

  /**
   * A copy of the state of the optimizer: {@code step} (INT64 scalar), {@code learning_rate} (FLOAT64 scalar), and for each parameter what PyTorch's
   * state has, such as {@code hidden.weight.exp_avg}; of a parameter that has missed updates while it was frozen, also {@code hidden.weight.step} (INT64
   * scalar), the number of its own. If the network has dropout, {@code generator} (INT64 of shape {@code [626]}) is the state of its
   * {@link Generator}. Together with {@link Model#parameters} it is all that is needed to resume a run.
   *
   * @return an unmodifiable map
   */
  Map<String, Tensor> state();

  /**
   * Restores a {@link #state}, including that of the network's generator: the run continues with exactly the bits of one that never stopped.
   *
   * @param state the state of a trainer of the same declaration and optimizer
   * @throws IllegalArgumentException if a name is missing or unknown, a tensor has the wrong shape or dtype, or holds an invalid value: a step below
   *     0 or above 2^53, an invalid learning rate, a negative average of squares; the trainer is then unchanged
   * @throws NullPointerException if the state or a tensor is null
   */
  void loadState(Map<String, Tensor> state);

  /**
   * Stops the training of layers, as {@code requires_grad_(False)} of their parameters and {@code eval()} of their batch norms does in PyTorch: their
   * gradients are zero and count in no norm, no update changes their parameters or what the optimizer remembers of them, and a batch norm normalizes by its
   * running statistics and keeps them. Layers before them still learn. A layer that is frozen stays so until {@link #unfreeze}; its updates then
   * continue where they stopped. The frozen layers are not part of {@link #state}.
   *
   * <p>{@code backward} needs another {@code forward} after this call.
   *
   * @param layers the names of layers with parameters or running statistics; with no name, nothing changes
   * @throws IllegalArgumentException if a name is that of no such layer; nothing is frozen then
   * @throws NullPointerException if {@code layers} or a name is null
   */
  void freeze(String... layers);

  /**
   * Resumes the training of layers after {@link #freeze}.
   *
   * @param layers the names of layers with parameters or running statistics, frozen or not
   * @throws IllegalArgumentException if a name is that of no such layer; nothing has changed then
   * @throws NullPointerException if {@code layers} or a name is null
   */
  void unfreeze(String... layers);

  /**
   * Sets the weight of each class from the next {@code step}, {@code loss} or {@code evaluate} of this trainer on, in place of the {@code classWeights} of
   * {@code @LossOptions}, as {@code weight} of <a
   * href="https://pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html">torch.nn.CrossEntropyLoss</a> and {@code NLLLoss}: the loss of a row is
   * multiplied by the weight of its class, and a mean divides by the sum of these weights (NaN if it is 0). The weights are not part of {@link #state}, and the
   * network's own {@code evaluate} does not use them.
   *
   * @param weights one for each output, at least 0
   * @throws IllegalArgumentException if there is not one for each output, or one is negative or not finite in the dtype of the network; nothing has
   *     changed then
   * @throws UnsupportedOperationException if the loss is neither {@code CROSS_ENTROPY} nor {@code NLL}
   */
  void classWeights(double... weights);

  /**
   * Sets the weight of positive targets from the next {@code step}, {@code loss} or {@code evaluate} of this trainer on, in place of the {@code posWeight} of
   * {@code @LossOptions}, as {@code pos_weight} of <a
   * href="https://pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html">torch.nn.BCEWithLogitsLoss</a>: the loss of an output x with the target t is
   * {@code (1 - t) x + (1 + (p - 1) t) log(1 + e^-x)}, and a mean divides by the number of outputs. The weights are not part of {@link #state}, and the
   * network's own {@code evaluate} does not use them.
   *
   * @param weights one for each output, or one for all, at least 0
   * @throws IllegalArgumentException if there are more or fewer, or one is negative or not finite in the dtype of the network; nothing has changed then
   * @throws UnsupportedOperationException if the loss is not {@code BCE_WITH_LOGITS}
   */
  void posWeight(double... weights);

  /**
   * Sets the learning rate from the next update on.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  void learningRate(double learningRate);

  /** The learning rate of the next update; the optimizer's until another one is set. */
  double learningRate();

  /**
   * The loss of any number of rows. Nothing changes: neither parameters, nor gradients, nor the state that {@code forward} keeps for {@code
   * backward}.
   *
   * @param x shape {@code [n, INPUTS]}
   * @param y as for {@link #step(Tensor, Tensor)}
   * @throws IllegalArgumentException if an argument has the wrong shape or dtype, a class index is invalid, or a target of {@code BCE} is not within
   *     0 and 1
   * @throws UnsupportedOperationException if the network was declared without a loss
   */
  double evaluate(Tensor x, Tensor y);

  /**
   * {@link #evaluate(Tensor, Tensor)} of a network with any number of inputs.
   *
   * @param inputs a tensor for each input, in the order of declaration; class indices are {@code INT64}
   * @param y the target
   * @throws IllegalArgumentException if the number of tensors is wrong, or as for {@link #evaluate(Tensor, Tensor)}
   * @throws UnsupportedOperationException if the network was declared without a loss
   */
  double evaluate(Tensor[] inputs, Tensor y);

  /**
   * The loss of outputs that have already been computed, by this network's {@code forward} or a predictor: no forward pass, and nothing changes. It
   * has exactly the bits of {@link #evaluate(Tensor, Tensor)} on the rows of these outputs.
   *
   * @param output shape {@code [n, OUTPUTS]}, any number of rows
   * @param y as for {@link #step(Tensor, Tensor)}
   * @throws IllegalArgumentException if an argument has the wrong shape or dtype, a class index is invalid, or a target of {@code BCE} is not within
   *     0 and 1
   * @throws UnsupportedOperationException if the network was declared without a loss
   */
  double evaluateOutput(Tensor output, Tensor y);

  /**
   * The number by which the loss of some rows divides the sum of the losses of their values: the means of parts of a batch, each times its divisor, add up to that of the
   * batch times the sum of the divisors.
   *
   * @param y as for {@link #step(Tensor, Tensor)}, any number of rows
   * @return of a mean over n rows, {@code n * OUTPUTS} (n for {@code CROSS_ENTROPY} and for {@code Reduction.BATCH_MEAN}) or, of class indices, the sum of the
   *     weights of the classes without the ignored one; 1 if the losses are summed
   * @throws IllegalArgumentException if {@code y} has the wrong shape or dtype, a class index is invalid, or a target of {@code BCE} is not within 0
   *     and 1
   * @throws UnsupportedOperationException if the network was declared without a loss
   */
  double lossDivisor(Tensor y);

  /** The memory that this trainer takes, without that of the input's gradient, which the first {@link #inputGradient} allocates. */
  Memory memory();

  /** The optimizer, the capacity, and the sizes of {@link #memory()}: those of the parameters, the gradients, the optimizer's state and the scratch. {@code toString} returns the same text. */
  String summary();

  /**
   * Ends the worker threads of this trainer, after which calls that compute something throw an IllegalStateException. Does nothing if there is only one
   * thread, or if it is already closed. The threads are daemons, and also end when nothing refers to the trainer any more.
   */
  @Override
  void close();
}
