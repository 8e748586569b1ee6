package dev.gradpoet;

/**
 * The activation functions, applied to each value; {@link #SOFTMAX} and {@link #LOG_SOFTMAX} work along the last dimension of a sample. The options
 * are named as in {@link ActivationOptions}; their defaults are in parentheses.
 */
public enum Activation {
  /** {@code y = x}, as <a href="https://pytorch.org/docs/stable/generated/torch.nn.Identity.html">torch.nn.Identity</a>. */
  IDENTITY,
  /** {@code y = max(x, 0)}, as <a href="https://pytorch.org/docs/stable/generated/torch.nn.ReLU.html">torch.nn.ReLU</a>. */
  RELU,
  /** {@code y = x} above 0, else {@code negativeSlope x} (0.01), as <a href="https://pytorch.org/docs/stable/generated/torch.nn.LeakyReLU.html">torch.nn.LeakyReLU</a>. */
  LEAKY_RELU,
  /** {@code y = x} above 0, else {@code alpha (e^x - 1)} (1), as <a href="https://pytorch.org/docs/stable/generated/torch.nn.ELU.html">torch.nn.ELU</a>. */
  ELU,
  /** {@code y = 1.0507 ELU(x)} with {@code alpha} 1.6733, which preserve mean and variance, as <a href="https://pytorch.org/docs/stable/generated/torch.nn.SELU.html">torch.nn.SELU</a>. */
  SELU,
  /** {@code y = x} above 0, else {@code alpha (e^(x / alpha) - 1)} (1), as <a href="https://pytorch.org/docs/stable/generated/torch.nn.CELU.html">torch.nn.CELU</a>. */
  CELU,
  /** {@code y = x P(x)} with the normal distribution {@code P(x) = (1 + erf(x / sqrt 2)) / 2}, as <a href="https://pytorch.org/docs/stable/generated/torch.nn.GELU.html">torch.nn.GELU</a>. */
  GELU,
  /** {@link #GELU} by {@code P(x) = (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2}, as <a href="https://pytorch.org/docs/stable/generated/torch.nn.GELU.html">torch.nn.GELU</a>. */
  GELU_TANH,
  /** {@code y = x sigmoid(x)}, as <a href="https://pytorch.org/docs/stable/generated/torch.nn.SiLU.html">torch.nn.SiLU</a>. */
  SILU,
  /** {@code y = x tanh(log(1 + e^x))}, as <a href="https://pytorch.org/docs/stable/generated/torch.nn.Mish.html">torch.nn.Mish</a>. */
  MISH,
  /** {@code y = 1 / (1 + e^-x)}, in (0, 1), as <a href="https://pytorch.org/docs/stable/generated/torch.nn.Sigmoid.html">torch.nn.Sigmoid</a>. */
  SIGMOID,
  /** {@code y = log(1 / (1 + e^-x))}, as <a href="https://pytorch.org/docs/stable/generated/torch.nn.LogSigmoid.html">torch.nn.LogSigmoid</a>. */
  LOG_SIGMOID,
  /** {@code y = min(max(x + 3, 0), 6) / 6}, as <a href="https://pytorch.org/docs/stable/generated/torch.nn.Hardsigmoid.html">torch.nn.Hardsigmoid</a>. */
  HARD_SIGMOID,
  /** {@code y = x HARD_SIGMOID(x)}, as <a href="https://pytorch.org/docs/stable/generated/torch.nn.Hardswish.html">torch.nn.Hardswish</a>. */
  HARD_SWISH,
  /** {@code y = min(max(x, minVal), maxVal)} (-1, 1), as <a href="https://pytorch.org/docs/stable/generated/torch.nn.Hardtanh.html">torch.nn.Hardtanh</a>. */
  HARD_TANH,
  /** {@code y = min(max(x, 0), 6)}, as <a href="https://pytorch.org/docs/stable/generated/torch.nn.ReLU6.html">torch.nn.ReLU6</a>. */
  RELU6,
  /** {@code y = log(1 + e^(beta x)) / beta} (1), and {@code x} where {@code beta x} is above {@code threshold} (20), as <a href="https://pytorch.org/docs/stable/generated/torch.nn.Softplus.html">torch.nn.Softplus</a>. */
  SOFTPLUS,
  /** {@code y = x / (1 + |x|)}, as <a href="https://pytorch.org/docs/stable/generated/torch.nn.Softsign.html">torch.nn.Softsign</a>. */
  SOFTSIGN,
  /** The hyperbolic tangent, in (-1, 1), as <a href="https://pytorch.org/docs/stable/generated/torch.nn.Tanh.html">torch.nn.Tanh</a>. */
  TANH,
  /** {@code y_i = e^(x_i) / sum_j e^(x_j)} along the last dimension, as <a href="https://pytorch.org/docs/stable/generated/torch.nn.Softmax.html">torch.nn.Softmax</a>. */
  SOFTMAX,
  /** {@code y_i = x_i - log sum_j e^(x_j)} along the last dimension, as <a href="https://pytorch.org/docs/stable/generated/torch.nn.LogSoftmax.html">torch.nn.LogSoftmax</a>. */
  LOG_SOFTMAX
}
