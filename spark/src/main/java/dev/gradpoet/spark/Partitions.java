package dev.gradpoet.spark;

import java.io.Serializable;
import java.util.List;

/**
 * The rows of each partition as they were read first. Whatever reads them again must find the same rows in the same order, because the number of a row is its place.
 *
 * @param offsets the number of the first row of each partition, and at the end the number of all rows
 * @param hashes the {@link RowHash} of each partition
 */
record Partitions(long[] offsets, long[] hashes) implements Serializable {

  /**
   * The partitions that a scan has found.
   *
   * @throws IllegalArgumentException if a row is wrong, or there is none
   */
  static Partitions of(List<RowScan.Part> parts) {
    long[] offsets = new long[parts.size() + 1];
    long[] hashes = new long[parts.size()];
    for (int i = 0; i < parts.size(); i++) {
      offsets[i + 1] = offsets[i] + parts.get(i).rows();
      hashes[i] = parts.get(i).hash();
      if (parts.get(i).problem() != null) {
        throw new IllegalArgumentException("row " + offsets[i + 1]
            + " of the training data (from 0): " + parts.get(i).problem());
      }
    }
    if (offsets[parts.size()] == 0) {
      throw new IllegalArgumentException("the training data has no rows, expected at least 1");
    }
    return new Partitions(offsets, hashes);
  }

  /** The number of all rows. */
  long total() {
    return offsets[offsets.length - 1];
  }

  /** The number of the first row of a partition. */
  long first(int partition) {
    return offsets[partition];
  }

  /** The number of rows of a partition. */
  long rows(int partition) {
    return offsets[partition + 1] - offsets[partition];
  }

  /**
   * Checks the rows of a partition that was read again.
   *
   * @param rows how many there are or, if there are too many, were until that was seen
   * @throws IllegalStateException if they are not those of the first reading
   */
  void requireSame(int partition, long rows, RowHash hash) {
    if (rows != rows(partition) || hash.value() != hashes[partition]) {
      String found = rows > rows(partition)
          ? "more"
          : rows < rows(partition)
              ? String.valueOf(rows)
              : "the same number, but other rows or another order,";
      throw new IllegalStateException(
          "partition " + partition + " of the training data had "
              + rows(partition) + " rows when it was first read, and has " + found
              + " when read again, because Spark had to compute it again: some rows would count twice and others not at all. Before fit, make the rows the same on every read:"
              + " sort the DataFrame by a unique key, call checkpoint() on it, or save it and read it back");
    }
  }
}
