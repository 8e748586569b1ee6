package dev.gradpoet.training;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Tensor;
import java.util.List;

/** Values in {@code double}. */
final class DoubleValues implements Values {

  /** Up to this width a loop is faster than {@code arraycopy}. */
  private static final int FEW = 8;

  private final double[] values;
  private final int width;
  private final int[] shape;
  private final List<String> names;

  DoubleValues(String what, double[] values, List<String> names, int... shape) {
    this.values = values;
    this.width = Values.size(shape);
    this.shape = shape.clone();
    this.names = List.copyOf(names);
    Values.rows(what, values.length, width);
  }

  @Override
  public int rows() {
    return values.length / width;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int[] shape() {
    return shape.clone();
  }

  @Override
  public DType dtype() {
    return DType.FLOAT64;
  }

  @Override
  public List<String> names() {
    return names;
  }

  /** Copies the rows {@code order[from]} to {@code order[from + n - 1]} to the start of an array. */
  void gather(int[] order, int from, int n, double[] to) {
    if (width > FEW) {
      for (int i = 0; i < n; i++) {
        System.arraycopy(values, order[from + i] * width, to, i * width, width);
      }
      return;
    }
    int next = 0;
    for (int i = 0; i < n; i++) {
      int at = order[from + i] * width;
      int end = at + width;
      // a loop of so few values is not unrolled by C2
      for (; at + 4 <= end; at += 4, next += 4) {
        to[next] = values[at];
        to[next + 1] = values[at + 1];
        to[next + 2] = values[at + 2];
        to[next + 3] = values[at + 3];
      }
      for (; at < end; at++) {
        to[next++] = values[at];
      }
    }
  }

  @Override
  public Tensor tensor(RowIndex rows) {
    double[] copy = new double[Math.multiplyExact(rows.size(), width)];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(values, rows.get(i) * width, copy, i * width, width);
    }
    return Tensor.view(copy, Values.batch(rows.size(), shape));
  }

  @Override
  public double get(int row, int column) {
    return values[row * width + column];
  }

  @Override
  public long hash(long hash, int row) {
    long mixed = hash;
    for (int i = row * width; i < (row + 1) * width; i++) {
      mixed = Values.mix(mixed, Double.doubleToLongBits(values[i]));
    }
    return mixed;
  }
}
