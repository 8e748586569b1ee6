package dev.gradpoet;

/** How the parameters of a new network are drawn from the {@code Generator}. */
public enum Init {
  /**
   * The initialisation of <a href="https://pytorch.org/docs/stable/generated/torch.nn.Linear.html">torch.nn.Linear</a>: weights and
   * biases from {@code uniform(-1/sqrt(in), 1/sqrt(in))}, bit for bit those of {@code torch.manual_seed} with the same seed.
   */
  PYTORCH_DEFAULT
}
