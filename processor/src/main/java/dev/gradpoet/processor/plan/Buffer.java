package dev.gradpoet.processor.plan;

/**
 * Rows of numbers that kernels write and read, one row a sample, padded to a multiple of 16 values; the padding is always zero.
 *
 * @param role what the rows are
 * @param layer the layer they belong to
 * @param width how many numbers a row has, without the padding
 */
public record Buffer(Role role, String layer, int width) {

  /** The name that stands for a layer where the rows are the input's. */
  public static final String INPUT = "input";

  /** What the rows of a buffer are. */
  public enum Role {
    /** The output of the layer. */
    OUTPUT,
    /** What the activation of the layer reads, kept because its derivative reads it too. */
    BEFORE_ACTIVATION,
    /** The factors that a dropout multiplies by in training, 0 or {@code 1 / (1 - p)}. */
    MASK,
    /** The gradient with respect to the layer; an activation turns the gradient of its output into that of its input in place. */
    GRADIENT
  }
}
