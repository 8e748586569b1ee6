package dev.gradpoet.processor.plan;

/**
 * Rows of numbers that kernels write and read, each padded to a multiple of 16 values.
 *
 * @param role what the rows are
 * @param layer the layer they belong to
 * @param positions how many rows a sample has, one after the other
 * @param width how many numbers a row has, without the padding
 */
public record Buffer(Role role, String layer, int positions, int width) {

  /** The name that stands for a layer where the rows are the input's. */
  public static final String INPUT = "input";

  /** What the rows of a buffer are. */
  public enum Role {
    /** The output of the layer. */
    OUTPUT(""),
    /** What the activation of the layer reads, kept because its derivative reads it too. */
    BEFORE_ACTIVATION("BeforeActivation"),
    /** The input of the layer in rows of its last dimensions. */
    INPUT_ROWS("InputRows"),
    /** The output of the layer in rows of its last dimensions. */
    ROWS("Rows"),
    /** The same before the activation. */
    ROWS_BEFORE_ACTIVATION("RowsBeforeActivation"),
    /** The output of the layer in the rows that its activation is applied to. */
    ACTIVATED_ROWS("ActivatedRows"),
    /** The same before the activation. */
    UNACTIVATED_ROWS("UnactivatedRows"),
    /** What a norm makes of its input, before its weight and its bias, kept for the gradients. */
    NORMALIZED("Normalized"),
    /** What a norm multiplies each row with, one number, kept for the gradient. */
    SCALE("Scale"),
    /** The factors that a dropout multiplies by in training, 0 or {@code 1 / (1 - p)}. */
    MASK("Mask"),
    /** The gradient with respect to the layer; an activation turns the gradient of its output into that of its input in place. */
    GRADIENT(""),
    /** The gradient with respect to {@link #INPUT_ROWS}. */
    INPUT_ROWS_GRADIENT("InputRows"),
    /** The gradient with respect to {@link #ROWS}. */
    ROWS_GRADIENT("Rows"),
    /** The gradient with respect to {@link #ACTIVATED_ROWS}. */
    ACTIVATED_ROWS_GRADIENT("ActivatedRows");

    private final String suffix;

    Role(String suffix) {
      this.suffix = suffix;
    }

    /** The suffix of the field that holds the rows, after the name of the layer. */
    public String suffix() {
      return suffix;
    }

    /** Whether the rows are gradients. */
    public boolean isGradient() {
      return switch (this) {
        case GRADIENT, INPUT_ROWS_GRADIENT, ROWS_GRADIENT, ACTIVATED_ROWS_GRADIENT -> true;
        case OUTPUT,
            BEFORE_ACTIVATION,
            INPUT_ROWS,
            ROWS,
            ROWS_BEFORE_ACTIVATION,
            ACTIVATED_ROWS,
            UNACTIVATED_ROWS,
            NORMALIZED,
            SCALE,
            MASK -> false;
      };
    }
  }
}
