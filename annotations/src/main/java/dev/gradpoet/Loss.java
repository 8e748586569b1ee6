package dev.gradpoet;

/** The loss functions. {@code n} is the number of rows, {@code C} the number of outputs. */
public enum Loss {
  /** No loss: the network infers, or is trained with a gradient of the caller's own. */
  NONE,
  /** {@code (p - t)^2}, as <a href="https://pytorch.org/docs/stable/generated/torch.nn.MSELoss.html">torch.nn.MSELoss</a>. */
  MSE,
  /**
   * {@code -(t log p + (1 - t) log(1 - p))} of probabilities, each logarithm clamped at -100, as <a
   * href="https://pytorch.org/docs/stable/generated/torch.nn.BCELoss.html">torch.nn.BCELoss</a>.
   */
  BCE,
  /**
   * {@link #BCE} of {@code sigmoid(z)}, from the logits {@code z}, as <a
   * href="https://pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html">torch.nn.BCEWithLogitsLoss</a>.
   */
  BCE_WITH_LOGITS,
  /**
   * {@code -sum_c t_c log softmax(z)_c} from the logits {@code z}, the target a class index or a row of probabilities, as <a
   * href="https://pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html">torch.nn.CrossEntropyLoss</a>.
   */
  CROSS_ENTROPY
}
