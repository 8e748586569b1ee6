package dev.gradpoet;

/** How the losses are reduced to one number, as the {@code reduction} of PyTorch's losses. */
public enum Reduction {
  /**
   * Their mean over all values; for {@link Loss#CROSS_ENTROPY} and {@link Loss#NLL} over the rows, which with class indices is weighted by the
   * weights of the classes.
   */
  MEAN,
  /** Their sum. */
  SUM,
  /**
   * No reduction: {@code losses()} returns the individual losses. {@code loss} and {@code step} return their sum, and gradients are those of the sum.
   */
  NONE,
  /** Their sum divided by the number of rows, for {@link Loss#KL_DIV} only. */
  BATCH_MEAN
}
