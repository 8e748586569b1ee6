package dev.gradpoet.spark;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Row;

/** Counts and checks the rows of each partition, before anything is trained. */
final class RowScan implements Function2<Integer, Iterator<Row>, Iterator<RowScan.Part>> {

  private static final long serialVersionUID = 1;

  private final RowReader reader;

  RowScan(RowReader reader) {
    this.reader = reader;
  }

  /**
   * A partition.
   *
   * @param rows the number of its rows or, if one is wrong, of those before it
   * @param problem what is wrong, or null
   */
  record Part(long rows, String problem) implements Serializable {}

  @Override
  public Iterator<Part> call(Integer partition, Iterator<Row> rows) {
    long count = 0;
    while (rows.hasNext()) {
      String problem = reader.problem(rows.next());
      if (problem != null) {
        return List.of(new Part(count, problem)).iterator();
      }
      count++;
    }
    return List.of(new Part(count, null)).iterator();
  }

  /**
   * The index of the first row of each partition, and at the end the number of rows.
   *
   * @throws IllegalArgumentException if a row is wrong, or there is none
   */
  static long[] offsets(List<Part> parts) {
    long[] offsets = new long[parts.size() + 1];
    for (int i = 0; i < parts.size(); i++) {
      offsets[i + 1] = offsets[i] + parts.get(i).rows();
      if (parts.get(i).problem() != null) {
        throw new IllegalArgumentException("row " + offsets[i + 1]
            + " of the training data (from 0): " + parts.get(i).problem());
      }
    }
    if (offsets[parts.size()] == 0) {
      throw new IllegalArgumentException("the training data has no rows, expected at least 1");
    }
    return offsets;
  }
}
