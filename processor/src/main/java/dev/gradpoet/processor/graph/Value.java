package dev.gradpoet.processor.graph;

/**
 * The result of an operation, or an input of the network: rows of numbers for each sample. Each value is computed once.
 *
 * @param id its number, from 0 for the inputs of the network
 * @param layer the name of the layer or the input it belongs to
 * @param form which of the layer's values it is
 * @param positions the number of rows per sample
 * @param width the number of values in a row
 */
public record Value(int id, String layer, Form form, int positions, int width) {

  /**
   * Which of a layer's values it is. A layer on rows of the last dimension, such as {@code @Linear} on {@code [C, L]}, reads and computes copies in that
   * form; a convolution or a pooling computes a map in the layout for which its kernel is fast.
   */
  public enum Form {
    /** One row a sample, in row-major order. */
    SAMPLE,
    /** Class indices, one row a sample. */
    INDICES,
    /** The rows that the layer reads. */
    INPUT_ROWS,
    /** The rows that the layer computes. */
    ROWS,
    /** The map that the layer reads, with its padding. */
    PADDED,
    /** The map that the layer computes, where that is not in row-major order. */
    MAP,
    /** What the layer computes, one row a sample, where its activation is applied to other rows. */
    UNACTIVATED,
    /** The rows that the activation of the layer is applied to, where the layer computes other rows. */
    ACTIVATED_ROWS
  }
}
