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
    OUTPUT(""),
    /** What the activation of the layer reads, kept because its derivative reads it too. */
    BEFORE_ACTIVATION("BeforeActivation"),
    /** What a norm makes of its input, before its weight and its bias, kept for the gradients. */
    NORMALIZED("Normalized"),
    /** What a norm multiplies each sample with, one number, kept for the gradient. */
    SCALE("Scale"),
    /** The gradient with respect to the layer; an activation turns the gradient of its output into that of its input in place. */
    GRADIENT("");

    private final String suffix;

    Role(String suffix) {
      this.suffix = suffix;
    }

    /** What stands behind the name of the layer in that of the rows. */
    public String suffix() {
      return suffix;
    }
  }
}
