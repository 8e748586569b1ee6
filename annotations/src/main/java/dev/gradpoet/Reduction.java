package dev.gradpoet;

/** How the losses of the rows become one number, as the {@code reduction} of PyTorch's losses. */
public enum Reduction {
  /** Their mean: over the rows for {@link Loss#CROSS_ENTROPY}, over all values otherwise. */
  MEAN,
  /** Their sum. */
  SUM
}
