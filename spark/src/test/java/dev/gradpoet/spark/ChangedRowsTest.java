package dev.gradpoet.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Tuple2;

/** Rows that are other ones when they are computed again are noticed before a row counts twice or not at all. */
class ChangedRowsTest {

  private static SparkSession spark;

  @TempDir
  private Path markers;

  @BeforeAll
  static void start() {
    spark = Sessions.local(2);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static final NetworkForm FORM =
      NetworkForm.ofClassifier("Classes", new Nets_ClassesNetwork(1));

  private static Partitions scanned(JavaRDD<Row> rows) {
    RowScan scan = new RowScan(new RowReader(FORM, "features"));
    return Partitions.of(rows.mapPartitionsWithIndex(scan, false).collect());
  }

  private static List<Tuple2<Integer, Shard>> cut(JavaRDD<Row> rows, Partitions partitions) {
    ShardPlan plan = new ShardPlan(partitions.total(), 3, 16, 1);
    return rows.mapPartitionsWithIndex(new ShardCutter(FORM, plan, partitions), false)
        .collect();
  }

  @Test
  void theSameRowsAreCut() {
    JavaRDD<Row> rows = Frames.classes(spark, 50).toJavaRDD();
    assertThat(cut(rows, scanned(rows)).stream()
            .mapToInt(piece -> piece._2().rows())
            .sum())
        .isEqualTo(50);
  }

  @Test
  void anotherOrderOfAPartitionIsNoticed() {
    JavaRDD<Row> rows =
        Rereading.reversed(Frames.classes(spark, 50), markers, 1).toJavaRDD();
    Partitions partitions = scanned(rows);
    assertThatThrownBy(() -> cut(rows, partitions))
        .rootCause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(
            "partition 1 of the training data had 25 rows when it was first read",
            "the same number, but other rows or another order",
            "some rows would count twice and others not at all",
            "sort the DataFrame by a unique key",
            "checkpoint()");
  }

  /** What the README says of files: the number of partitions, which is that of the cores, changes their order, and sorting by a key restores it. */
  @Test
  void filesThatAreSortedByAKeyHaveTheSameOrderForAnyNumberOfCores() {
    String path = markers.resolve("files").toUri().toString();
    for (int end : new int[] {500, 900}) {
      spark
          .range(0, end, 1, 1)
          .selectExpr("id + 1000 * " + end + " as key", "id % 7 as a", "id % 2 as label")
          .write()
          .mode(SaveMode.Append)
          .csv(path);
    }
    spark.conf().set("spark.sql.files.openCostInBytes", "1");

    try {
      assertThat(keys(path, 1, false)).isNotEqualTo(keys(path, 8, false));
      assertThat(keys(path, 1, true)).isEqualTo(keys(path, 8, true));
    } finally {
      spark.conf().unset("spark.sql.files.openCostInBytes");
      spark.conf().unset("spark.sql.files.minPartitionNum");
    }
  }

  private static List<Integer> keys(String path, int cores, boolean sorted) {
    spark.conf().set("spark.sql.files.minPartitionNum", cores);
    Dataset<Row> rows = spark.read().schema("key int, a double, label double").csv(path);
    return (sorted ? rows.sort("key") : rows).select("key").as(Encoders.INT()).collectAsList();
  }

  private static long hash(Row... rows) {
    RowHash hash = new RowHash();
    Arrays.stream(rows).forEach(hash::add);
    return hash.value();
  }

  private static Row row(double label, double... features) {
    return RowFactory.create(Vectors.dense(features), label);
  }

  /** Whole numbers have few bits, which a sum of products would lose. */
  @Test
  void everyOrderAndEveryValueHasItsOwnHash() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      rows.add(row(i % 2, i % 4, i % 8, 0));
    }
    List<Long> hashes = new ArrayList<>();
    hashes.add(hash(rows.toArray(new Row[0])));
    for (int i = 0; i + 1 < rows.size(); i++) {
      Collections.swap(rows, i, i + 1);
      hashes.add(hash(rows.toArray(new Row[0])));
      Collections.swap(rows, i, i + 1);
    }
    assertThat(hashes).doesNotHaveDuplicates();
    assertThat(hash(row(0, 1, 2)))
        .isEqualTo(hash(
            RowFactory.create(Vectors.sparse(2, new int[] {0, 1}, new double[] {1, 2}), 0.0)));
    assertThat(hash(row(0, 1, 2)))
        .isNotEqualTo(hash(row(0, 2, 1)))
        .isNotEqualTo(hash(row(1, 1, 2)))
        .isNotEqualTo(hash(row(2, 1, 0)));
    assertThat(hash(row(1, 0))).isNotEqualTo(hash(row(0, 1)));
  }

  @Test
  void moreOrFewerRowsAreNoticed() {
    RowHash hash = new RowHash();
    Partitions partitions = new Partitions(new long[] {0, 5, 9}, new long[] {0, hash.value()});
    assertThatThrownBy(() -> partitions.requireSame(1, 3, hash))
        .hasMessageContaining(
            "partition 1 of the training data had 4 rows when it was first read, and has 3 when read again");
    assertThatThrownBy(() -> partitions.requireSame(1, 5, hash))
        .hasMessageContaining("had 4 rows when it was first read, and has more when read again");
    partitions.requireSame(1, 4, hash);
  }

  @Test
  void piecesAreNoLargerThanTheRowsOfTheirShard() {
    Partitions small = new Partitions(new long[] {0, 10, 10, 1_000_000}, new long[3]);
    assertThat(cutter(3, small).capacity(0)).isEqualTo(4);
    assertThat(cutter(3, small).capacity(1)).isEqualTo(1);
    assertThat(cutter(3, small).capacity(2)).isEqualTo(65_536 / 4);
    // 1,000 shards are filled at once
    assertThat(cutter(1000, small).capacity(2)).isEqualTo(1000);
    assertThat(cutter(4000, small).capacity(2)).isEqualTo(250);
    assertThat(cutter(8192, small).capacity(2)).isEqualTo(123);
  }

  private static ShardCutter cutter(int shards, Partitions partitions) {
    return new ShardCutter(FORM, new ShardPlan(partitions.total(), shards, 10_000, 1), partitions);
  }
}
