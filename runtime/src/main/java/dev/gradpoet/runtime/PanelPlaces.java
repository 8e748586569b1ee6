package dev.gradpoet.runtime;

/**
 * Locates the values of a matrix in panels, for addresses with the row in the upper bits and the column in the lower bits.
 *
 * @param height the number of rows
 * @param columns the columns of a panel; the last one may have fewer, or padding
 * @param shift the number of bits by which the row is shifted in an address
 */
record PanelPlaces(int height, int columns, int shift) {

  /**
   * The places in panels with the given lengths.
   *
   * @throws IllegalArgumentException if {@code height} or {@code columns} is below 1, the number of panels does not match the width, or one is too
   *     short
   */
  static PanelPlaces of(int[] lengths, int height, int width, int columns) {
    if (height < 1 || columns < 1) {
      throw new IllegalArgumentException("panels have the height " + height + " and " + columns
          + " columns, expected at least 1 each");
    }
    long needed = ((long) width + columns - 1) / columns;
    if (lengths.length != needed) {
      throw new IllegalArgumentException("there are " + lengths.length + " panels of " + columns
          + " columns, expected " + needed + " for a width of " + width);
    }
    for (int p = 0; p < lengths.length; p++) {
      int own = Math.min(columns, width - p * columns);
      // the tensor's size is an int, so this product is
      Layout.requireLength("panels", p, lengths[p], height * own);
    }
    return new PanelPlaces(height, columns, RowAddress.shift(width));
  }

  /** The index of the panel. */
  int panel(long address) {
    return RowAddress.column(address, shift) / columns;
  }

  /** The index within the panel, which has this length. */
  int within(int length, long address) {
    int stride = length / height;
    return RowAddress.row(address, shift) * stride + RowAddress.column(address, shift) % columns;
  }

  /** Whether a distance between addresses is one of whole rows: both are in the same panel. */
  boolean isDown(long step) {
    return RowAddress.column(step, shift) == 0;
  }

  /** Such a distance within a panel of this length. */
  int down(int length, long step) {
    return RowAddress.row(step, shift) * (length / height);
  }
}
