package dev.gradpoet;

/**
 * How the parameters of a new network are initialized from the {@code Generator}. Every scheme except the default first draws all parameters by the
 * default, then draws the weights of linear layers and convolutions again and sets their biases to zero: the same numbers as in a PyTorch program that
 * calls {@code torch.nn.init} on these layers. In the formulas, {@code in} and {@code out} are PyTorch's fan-in and fan-out, the inputs and outputs of a
 * linear layer.
 */
public enum Init {
  /**
   * The default initialization of PyTorch's class for each layer; for <a
   * href="https://pytorch.org/docs/stable/generated/torch.nn.Linear.html">torch.nn.Linear</a> and convolutions, weights and biases from {@code
   * uniform(-1/sqrt(in), 1/sqrt(in))}. The parameters are bit for bit those of {@code torch.manual_seed} with the same seed, except for the last few bits of
   * an {@link Embedding}.
   */
  PYTORCH_DEFAULT,
  /** {@code uniform(-b, b)}, {@code b = sqrt(6 / (in + out))}: {@code torch.nn.init.xavier_uniform_} (X. Glorot and Y. Bengio, 2010). */
  XAVIER_UNIFORM,
  /** {@code normal(0, s)}, {@code s = sqrt(2 / (in + out))}: {@code torch.nn.init.xavier_normal_} (X. Glorot and Y. Bengio, 2010). */
  XAVIER_NORMAL,
  /** {@code uniform(-b, b)}, {@code b = sqrt(6 / in)}: {@code torch.nn.init.kaiming_uniform_} for relu (K. He et al., 2015). */
  KAIMING_UNIFORM_RELU,
  /** {@code normal(0, s)}, {@code s = sqrt(2 / in)}: {@code torch.nn.init.kaiming_normal_} for relu (K. He et al., 2015). */
  KAIMING_NORMAL_RELU
}
