package dev.gradpoet;

/**
 * The loss functions. {@code n} is the number of rows, {@code C} the number of outputs; options are named as in {@link LossOptions}, with their
 * defaults in parentheses.
 */
public enum Loss {
  /** No loss: the network is used for inference only, or the caller passes the gradient of the outputs. */
  NONE,
  /** {@code (p - t)^2}, as <a href="https://pytorch.org/docs/stable/generated/torch.nn.MSELoss.html">torch.nn.MSELoss</a>. */
  MSE,
  /** {@code |p - t|}, as <a href="https://pytorch.org/docs/stable/generated/torch.nn.L1Loss.html">torch.nn.L1Loss</a>. */
  L1,
  /** {@code (p - t)^2 / (2 beta)} where {@code |p - t|} is below {@code beta} (1), else {@code |p - t| - beta / 2}, as <a href="https://pytorch.org/docs/stable/generated/torch.nn.SmoothL1Loss.html">torch.nn.SmoothL1Loss</a>. */
  SMOOTH_L1,
  /** {@code (p - t)^2 / 2} where {@code |p - t|} is at most {@code delta} (1), else {@code delta (|p - t| - delta / 2)}, as <a href="https://pytorch.org/docs/stable/generated/torch.nn.HuberLoss.html">torch.nn.HuberLoss</a>. */
  HUBER,
  /** {@code -(t log p + (1 - t) log(1 - p))} of probabilities, each logarithm clamped at -100, as <a href="https://pytorch.org/docs/stable/generated/torch.nn.BCELoss.html">torch.nn.BCELoss</a>. */
  BCE,
  /** {@link #BCE} of {@code sigmoid(z)}, from the logits {@code z}. Targets are probabilities in [0, 1] and are not checked, as in PyTorch; {@code posWeight} is a factor of the first term, as <a href="https://pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html">torch.nn.BCEWithLogitsLoss</a>. */
  BCE_WITH_LOGITS,
  /** {@code -sum_c t_c log softmax(z)_c} from the logits {@code z}, the target a class index or a row of probabilities, as <a href="https://pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html">torch.nn.CrossEntropyLoss</a>. */
  CROSS_ENTROPY,
  /** {@code -l_t} from log-probabilities {@code l} (see {@link Activation#LOG_SOFTMAX}) and a class index {@code t}, as <a href="https://pytorch.org/docs/stable/generated/torch.nn.NLLLoss.html">torch.nn.NLLLoss</a>. */
  NLL,
  /** {@code t (log t - l)} from log-probabilities {@code l} and probabilities {@code t}; with {@code logTarget}, {@code e^t (t - l)}, as <a href="https://pytorch.org/docs/stable/generated/torch.nn.KLDivLoss.html">torch.nn.KLDivLoss</a>. */
  KL_DIV
}
