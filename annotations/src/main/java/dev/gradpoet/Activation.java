package dev.gradpoet;

/** The activation functions, applied to each value of a row; {@link #SOFTMAX} to the row as a whole. */
public enum Activation {
  /** {@code y = x}, as <a href="https://pytorch.org/docs/stable/generated/torch.nn.Identity.html">torch.nn.Identity</a>. */
  IDENTITY,
  /** {@code y = max(x, 0)}, as <a href="https://pytorch.org/docs/stable/generated/torch.nn.ReLU.html">torch.nn.ReLU</a>. */
  RELU,
  /**
   * {@code y = 1 / (1 + e^-x)}, in (0, 1), as <a
   * href="https://pytorch.org/docs/stable/generated/torch.nn.Sigmoid.html">torch.nn.Sigmoid</a>.
   */
  SIGMOID,
  /** The hyperbolic tangent, in (-1, 1), as <a href="https://pytorch.org/docs/stable/generated/torch.nn.Tanh.html">torch.nn.Tanh</a>. */
  TANH,
  /**
   * {@code y_i = e^(x_i) / sum_j e^(x_j)} over the row, as <a
   * href="https://pytorch.org/docs/stable/generated/torch.nn.Softmax.html">torch.nn.Softmax(dim=-1)</a>.
   */
  SOFTMAX
}
