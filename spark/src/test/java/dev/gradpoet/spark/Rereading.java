package dev.gradpoet.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * A DataFrame whose partitions come in another order when they are computed again, in whatever process: a file says that one has been computed.
 *
 * @param directory of these files
 * @param only the partition that changes, or -1 for all
 */
record Rereading(String directory, int only) implements MapPartitionsFunction<Row, Row> {

  static Dataset<Row> reversed(Dataset<Row> rows, Path directory, int only) {
    return rows.mapPartitions(
        new Rereading(directory.toString(), only), Encoders.row(Frames.SCHEMA));
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    List<Row> all = new ArrayList<>();
    rows.forEachRemaining(all::add);
    int partition = TaskContext.getPartitionId();
    if (only < 0 || only == partition) {
      try {
        Files.createFile(Path.of(directory, "partition-" + partition));
      } catch (FileAlreadyExistsException e) {
        Collections.reverse(all);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return all.iterator();
  }
}
