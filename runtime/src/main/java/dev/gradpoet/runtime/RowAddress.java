package dev.gradpoet.runtime;

/** Addresses of values in rows: the index of the row in the upper bits, the column in the lower bits. */
final class RowAddress {

  private RowAddress() {}

  /** The number of bits by which the row is shifted, so that {@code width} columns fit below it. */
  static int shift(int width) {
    return width <= 1 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(width - 1);
  }

  static int row(long address, int shift) {
    return (int) (address >>> shift);
  }

  static int column(long address, int shift) {
    return (int) (address & ((1L << shift) - 1));
  }
}
