package dev.gradpoet;

/** How the losses become one number, as the {@code reduction} of PyTorch's losses. */
public enum Reduction {
  /**
   * Their mean: over all values; for {@link Loss#CROSS_ENTROPY} and {@link Loss#NLL} over the rows, of class indices by the weight of their
   * classes.
   */
  MEAN,
  /** Their sum. */
  SUM,
  /** Each for itself, in {@code losses()}; {@code loss} and {@code step} give the sum, and gradients are those of the sum. */
  NONE,
  /** Their sum, divided by the number of rows: for {@link Loss#KL_DIV} alone. */
  BATCH_MEAN
}
