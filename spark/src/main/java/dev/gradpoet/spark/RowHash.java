package dev.gradpoet.spark;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;

/** A checksum of rows in their order: the bits of features and labels, mixed with the multiplications and rotations of xxHash64. */
final class RowHash {

  private static final long FIRST = 0x9e3779b185ebca87L;
  private static final long SECOND = 0xc2b2ae3d27d4eb4fL;

  private long hash;

  /** Adds a row: features, then the label. */
  void add(Row row) {
    for (double value : ((Vector) row.get(0)).toArray()) {
      add(value);
    }
    add(row.getDouble(1));
  }

  private void add(double value) {
    long bits = Double.doubleToLongBits(value) * SECOND;
    hash = Long.rotateLeft(hash ^ Long.rotateLeft(bits, 31) * FIRST, 27) * FIRST + SECOND;
  }

  long value() {
    return hash;
  }
}
