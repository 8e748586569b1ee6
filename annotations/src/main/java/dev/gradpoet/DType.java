package dev.gradpoet;

/** The types of the elements of a tensor, as PyTorch's {@code dtype}. */
public enum DType {
  /** {@code float}, as {@code torch.float32}. */
  FLOAT32,
  /** {@code double}, as {@code torch.float64}. */
  FLOAT64,
  /** {@code long}, as {@code torch.int64}: for class indices; a network cannot have this dtype. */
  INT64
}
