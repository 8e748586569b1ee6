package dev.gradpoet.processor.plan;

import java.util.OptionalInt;

/**
 * Rows of numbers that kernels write and read, padded to a multiple of 16 values; the padding may hold anything.
 *
 * @param role the content of the rows
 * @param layer the layer or the input they belong to
 * @param positions the number of rows per sample
 * @param width the number of values in a row, without the padding
 */
public record Buffer(Role role, String layer, int positions, int width) {

  /** The content of a buffer. */
  public enum Role {
    /** The class indices of an input, as {@code int}, without padding. */
    INDICES(""),
    /** The output of the layer. */
    OUTPUT(""),
    /** The input of the layer's activation, kept because the derivative reads it. */
    BEFORE_ACTIVATION("BeforeActivation"),
    /** The input of the layer in rows of its last dimensions. */
    INPUT_ROWS("InputRows"),
    /** The output of the layer in rows of its last dimensions. */
    ROWS("Rows"),
    /** The same before the activation. */
    ROWS_BEFORE_ACTIVATION("RowsBeforeActivation"),
    /** The input of the layer with its padding. */
    PADDED("Padded"),
    /** The output of the layer as a map that is not in row-major order. */
    MAP("Map"),
    /** The same before the activation. */
    MAP_BEFORE_ACTIVATION("MapBeforeActivation"),
    /** The output of the layer in the rows that its activation is applied to. */
    ACTIVATED_ROWS("ActivatedRows"),
    /** The same before the activation. */
    UNACTIVATED_ROWS("UnactivatedRows"),
    /** What a norm makes of its input, before its weight and its bias, kept for the gradients. */
    NORMALIZED("Normalized"),
    /** What a norm multiplies each row with, one number, kept for the gradient. */
    SCALE("Scale"),
    /** What a batch norm computes of a batch, a number for each value of a row, kept for the gradient: three rows, whatever the batch. */
    STATISTICS("Statistics"),
    /** The same of maps, and what else is a number for each channel, for each value of a row: six rows. */
    MAP_STATISTICS("Statistics"),
    /** The factors of a dropout in training, each 0 or {@code 1 / (1 - p)}. */
    MASK("Mask"),
    /** The gradient with respect to the layer; an activation turns the gradient of its output into that of its input in place. */
    GRADIENT(""),
    /** The gradient with respect to {@link #INPUT_ROWS}. */
    INPUT_ROWS_GRADIENT("InputRows"),
    /** The gradient with respect to {@link #ROWS}. */
    ROWS_GRADIENT("Rows"),
    /** The gradient with respect to {@link #PADDED}. */
    PADDED_GRADIENT("Padded"),
    /** The gradient with respect to {@link #MAP}. */
    MAP_GRADIENT("Map"),
    /** The gradient with respect to {@link #ACTIVATED_ROWS}. */
    ACTIVATED_ROWS_GRADIENT("ActivatedRows");

    private final String suffix;

    Role(String suffix) {
      this.suffix = suffix;
    }

    /** The part of the buffer's name after the name of the layer. */
    public String suffix() {
      return suffix;
    }

    /** Whether the rows are gradients. */
    public boolean isGradient() {
      return switch (this) {
        case GRADIENT,
            INPUT_ROWS_GRADIENT,
            ROWS_GRADIENT,
            PADDED_GRADIENT,
            MAP_GRADIENT,
            ACTIVATED_ROWS_GRADIENT -> true;
        case INDICES,
            OUTPUT,
            BEFORE_ACTIVATION,
            INPUT_ROWS,
            ROWS,
            ROWS_BEFORE_ACTIVATION,
            PADDED,
            MAP,
            MAP_BEFORE_ACTIVATION,
            ACTIVATED_ROWS,
            UNACTIVATED_ROWS,
            NORMALIZED,
            SCALE,
            STATISTICS,
            MAP_STATISTICS,
            MASK -> false;
      };
    }
  }

  /** Whether its values are class indices; otherwise they are numbers. */
  public boolean holdsIndices() {
    return role == Role.INDICES;
  }

  /** How many rows it has, if not one a sample. */
  public OptionalInt height() {
    return switch (role) {
      case STATISTICS -> OptionalInt.of(3);
      case MAP_STATISTICS -> OptionalInt.of(6);
      default -> OptionalInt.empty();
    };
  }
}
