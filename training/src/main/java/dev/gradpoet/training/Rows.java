package dev.gradpoet.training;

import dev.gradpoet.DType;
import java.util.List;

/** Rows of numbers of a file whose number of rows is not known: chunks of primitive arrays, joined at the end. */
final class Rows {

  private final boolean floats;
  private final double[] row;
  private final Chunks chunks;

  Rows(DType dtype, int width) {
    this.floats = dtype == DType.FLOAT32;
    this.row = new double[width];
    this.chunks = floats ? new Chunks.Floats(width) : new Chunks.Doubles(width);
  }

  int width() {
    return row.length;
  }

  /** Sets a value of the current row. */
  void set(int column, double value) {
    row[column] = value;
  }

  /** Keeps the current row. */
  void keep() {
    chunks.add(row);
  }

  /** All rows, each followed by a 1 among zeros for each category. */
  Values values(String what, List<String> names, List<Categories> oneHot) {
    int width = names.size();
    if (floats) {
      float[] all = ((Chunks.Floats) chunks).join(width);
      expand(oneHot, width, i -> all[i] = 1);
      return new FloatValues(what, all, names, width);
    }
    double[] all = ((Chunks.Doubles) chunks).join(width);
    expand(oneHot, width, i -> all[i] = 1);
    return new DoubleValues(what, all, names, width);
  }

  private interface Mark {
    void at(int index);
  }

  private void expand(List<Categories> oneHot, int width, Mark one) {
    int from = row.length;
    for (Categories each : oneHot) {
      int[] codes = each.codes();
      for (int r = 0; r < codes.length; r++) {
        one.at(r * width + from + codes[r]);
      }
      from += each.vocabulary().size();
    }
  }
}
