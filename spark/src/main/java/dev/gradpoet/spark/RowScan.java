package dev.gradpoet.spark;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Row;

/** Counts, checks and hashes the rows of each partition, before anything is trained. */
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
   * @param hash the {@link RowHash} of these rows
   * @param problem what is wrong, or null
   */
  record Part(long rows, long hash, String problem) implements Serializable {}

  @Override
  public Iterator<Part> call(Integer partition, Iterator<Row> rows) {
    long count = 0;
    RowHash hash = new RowHash();
    String problem = null;
    while (problem == null && rows.hasNext()) {
      Row row = rows.next();
      problem = reader.problem(row);
      if (problem == null) {
        hash.add(row);
        count++;
      }
    }
    return List.of(new Part(count, hash.value(), problem)).iterator();
  }
}
