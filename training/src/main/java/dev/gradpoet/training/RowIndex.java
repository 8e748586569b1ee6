package dev.gradpoet.training;

/** Which rows of the arrays a view of a data set has, in order: a range, or a list. */
final class RowIndex {

  private final int[] rows;
  private final int start;
  private final int size;

  private RowIndex(int[] rows, int start, int size) {
    this.rows = rows;
    this.start = start;
    this.size = size;
  }

  /** The rows 0 to {@code size - 1}. */
  static RowIndex all(int size) {
    return new RowIndex(null, 0, size);
  }

  /** These rows, of which the array is used, not copied. */
  static RowIndex of(int... rows) {
    return new RowIndex(rows, 0, rows.length);
  }

  int size() {
    return size;
  }

  /** The row of the arrays that is at a position. */
  int get(int position) {
    return rows == null ? start + position : rows[start + position];
  }

  /** The positions {@code from} to {@code to - 1}, without a copy. */
  RowIndex range(int from, int to) {
    if (from < 0 || to < from || to > size) {
      throw new IndexOutOfBoundsException(
          "rows " + from + " to " + to + " of " + size + ", expected 0 <= from <= to <= " + size);
    }
    return new RowIndex(rows, start + from, to - from);
  }

  /** These positions, in their order. */
  RowIndex select(int[] positions) {
    int[] selected = new int[positions.length];
    for (int i = 0; i < positions.length; i++) {
      if (positions[i] < 0 || positions[i] >= size) {
        throw new IndexOutOfBoundsException(
            "row " + positions[i] + " of " + size + ", expected 0 to " + (size - 1));
      }
      selected[i] = get(positions[i]);
    }
    return new RowIndex(selected, 0, selected.length);
  }

  /** The rows at these positions, written to an array of the same length. */
  void select(int[] positions, int[] to) {
    for (int i = 0; i < positions.length; i++) {
      to[i] = get(positions[i]);
    }
  }

  /** The rows in order, in a new array. */
  int[] toArray() {
    int[] copy = new int[size];
    for (int i = 0; i < size; i++) {
      copy[i] = get(i);
    }
    return copy;
  }
}
