package dev.gradpoet.processor.plan;

/**
 * Rows of numbers that kernels write and read, one per sample, padded to a multiple of 16 values; the padding may hold anything.
 *
 * @param role the content of the rows
 * @param layer the layer they belong to
 * @param width the number of values in a row, without the padding
 */
public record Buffer(Role role, String layer, int width) {

  /** The name of the network's input, used where rows of a layer have the layer's name. */
  public static final String INPUT = "input";

  /** The content of a buffer. */
  public enum Role {
    /** The output of the layer. */
    OUTPUT(""),
    /** The input of the layer's activation, kept because the derivative reads it. */
    BEFORE_ACTIVATION("BeforeActivation"),
    /** The normalized input of a norm, before weight and bias, kept for the gradients. */
    NORMALIZED("Normalized"),
    /** The factor by which a norm scales each sample, kept for the gradient. */
    SCALE("Scale"),
    /** The factors of a dropout in training, each 0 or {@code 1 / (1 - p)}. */
    MASK("Mask"),
    /** The gradient with respect to the layer's output, which the derivative of its activation turns in place into that of the activation's input. */
    GRADIENT("");

    private final String suffix;

    Role(String suffix) {
      this.suffix = suffix;
    }

    /** The part of the buffer's name after the name of the layer. */
    public String suffix() {
      return suffix;
    }
  }
}
