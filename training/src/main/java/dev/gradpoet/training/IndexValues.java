package dev.gradpoet.training;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Tensor;
import java.util.List;

/** Indices of classes or categories; each column has its vocabulary. */
final class IndexValues implements Values {

  private final int[] values;
  private final List<String> names;
  private final List<Vocabulary> vocabularies;

  IndexValues(String what, int[] values, List<String> names, List<Vocabulary> vocabularies) {
    this.values = values;
    this.names = List.copyOf(names);
    this.vocabularies = List.copyOf(vocabularies);
    Values.rows(what, values.length, width());
  }

  /** Classes with their numbers as names. */
  static IndexValues classes(int... classes) {
    int largest = 0;
    for (int r = 0; r < classes.length; r++) {
      if (classes[r] == Integer.MAX_VALUE) {
        throw new IllegalArgumentException("the class of row " + r + " is " + classes[r]
            + ", expected less than " + Integer.MAX_VALUE);
      }
      largest = Math.max(largest, classes[r]);
    }
    return new IndexValues(
        "the classes", classes, List.of(), List.of(Vocabulary.numbered(largest + 1)));
  }

  @Override
  public int rows() {
    return values.length / width();
  }

  @Override
  public int width() {
    return vocabularies.size();
  }

  @Override
  public int[] shape() {
    return new int[] {width()};
  }

  @Override
  public DType dtype() {
    return DType.INT64;
  }

  @Override
  public List<String> names() {
    return names;
  }

  /** The names that the indices of a column stand for. */
  Vocabulary vocabulary(int column) {
    return vocabularies.get(column);
  }

  /** The same indices of one column with other names. */
  IndexValues named(Vocabulary vocabulary) {
    return new IndexValues("the classes", values, names, List.of(vocabulary));
  }

  /** The index of a row, of one column. */
  int index(int row) {
    return values[row];
  }

  /** Copies the rows {@code order[from]} to {@code order[from + n - 1]} to the start of an array. */
  void gather(int[] order, int from, int n, int[] to) {
    int width = width();
    if (width == 1) {
      for (int i = 0; i < n; i++) {
        to[i] = values[order[from + i]];
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      System.arraycopy(values, order[from + i] * width, to, i * width, width);
    }
  }

  /** Copies the indices of one column, as numbers. */
  void gather(int[] order, int from, int n, float[] to) {
    for (int i = 0; i < n; i++) {
      to[i] = values[order[from + i]];
    }
  }

  /** Copies the indices of one column, as numbers. */
  void gather(int[] order, int from, int n, double[] to) {
    for (int i = 0; i < n; i++) {
      to[i] = values[order[from + i]];
    }
  }

  @Override
  public Tensor tensor(RowIndex rows) {
    int width = width();
    int[] copy = new int[Math.multiplyExact(rows.size(), width)];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(values, rows.get(i) * width, copy, i * width, width);
    }
    return Tensor.of(copy, Values.batch(rows.size(), width));
  }

  @Override
  public double get(int row, int column) {
    return values[row * width() + column];
  }

  @Override
  public long hash(long hash, int row) {
    long mixed = hash;
    for (int i = row * width(); i < (row + 1) * width(); i++) {
      mixed = Values.mix(mixed, values[i]);
    }
    return mixed;
  }
}
