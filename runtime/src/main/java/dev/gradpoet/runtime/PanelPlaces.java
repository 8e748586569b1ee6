package dev.gradpoet.runtime;

import java.util.function.IntUnaryOperator;

/**
 * Where the values of a matrix in panels lie, for addresses with the row in the upper bits and the column in the lower ones.
 *
 * @param height the number of rows
 * @param columns the columns of a panel; the last one may have fewer, or padding
 * @param shift how far the row is shifted in an address
 */
record PanelPlaces(int height, int columns, int shift) {

  /**
   * The places in panels of some lengths.
   *
   * @throws IllegalArgumentException if height or columns are below 1, there are not as many panels as the width wants, or one is too short
   */
  static PanelPlaces of(int count, IntUnaryOperator length, int height, int width, int columns) {
    if (height < 1 || columns < 1) {
      throw new IllegalArgumentException("panels have the height " + height + " and " + columns
          + " columns, expected at least 1 each");
    }
    long needed = ((long) width + columns - 1) / columns;
    if (count != needed) {
      throw new IllegalArgumentException("there are " + count + " panels of " + columns
          + " columns, expected " + needed + " for a width of " + width);
    }
    for (int p = 0; p < count; p++) {
      int own = Math.min(columns, width - p * columns);
      // the tensor's size is an int, so this product is
      Layout.requireLength("panels[" + p + "]", length.applyAsInt(p), height * own);
    }
    return new PanelPlaces(height, columns, RowAddress.shift(width));
  }

  /** The number of the panel. */
  int panel(long address) {
    return RowAddress.column(address, shift) / columns;
  }

  /** The index in the panel, which has this length. */
  int within(int length, long address) {
    int stride = length / height;
    return RowAddress.row(address, shift) * stride + RowAddress.column(address, shift) % columns;
  }
}
