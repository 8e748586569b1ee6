package dev.gradpoet.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Adam;
import dev.gradpoet.runtime.Trainer;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs that cannot succeed: Spark's settings refuse them before rows are read, and tasks that always fail end them after a few attempts. */
class RefusedRunsTest {

  private static SparkSession spark;
  private static Dataset<Row> data;

  @BeforeAll
  static void start() {
    spark = Sessions.retrying(2);
    data = Frames.classes(spark, 40).cache();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static GradpoetClassifier classifier() {
    return new GradpoetClassifier().setNetwork(Nets_NoisyNetwork.class).setMaxIter(1);
  }

  /** Calls something while Spark has some settings. */
  private static void with(Map<String, String> settings, ThrowingCallable call) throws Throwable {
    SparkConf conf = spark.sparkContext().conf();
    settings.forEach(conf::set);
    try {
      call.call();
    } finally {
      settings.keySet().forEach(conf::remove);
    }
  }

  @Test
  void dynamicAllocation() throws Throwable {
    Map<String, String> enabled = Map.of("spark.dynamicAllocation.enabled", "true");
    with(enabled, () -> assertThat(classifier().fit(data).objectiveHistory()).hasSize(1));

    // the second setting takes a local master for a cluster
    with(
        Map.of(
            "spark.dynamicAllocation.enabled", "true", "spark.dynamicAllocation.testing", "true"),
        () -> assertThatThrownBy(() -> classifier().fit(data))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith(
                "spark.dynamicAllocation.enabled is true, expected false: a barrier stage")
            .hasMessageContaining("spark.executor.instances"));
  }

  @Test
  void aCheckpointThatIsLargerThanAResultMayBe() throws Throwable {
    Nets_NoisyNetwork network = new Nets_NoisyNetwork(1);
    long parameters = LocalTrainingTest.bits(network).length;
    long state;
    try (Trainer trainer = network.trainer(Adam.of(0.1), 1)) {
      state = TensorBytes.write(trainer.state()).length;
    }
    BarrierListener listener = new BarrierListener(spark, 1, () -> {});

    with(
        Map.of("spark.driver.maxResultSize", String.valueOf(parameters + state - 1)),
        () -> assertThatThrownBy(() -> classifier().fit(data))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(
                "a checkpoint of the network " + network.getClass().getName()
                    + " has " + parameters + " bytes of parameters and buffers and " + state
                    + " bytes of the optimizer's state, together " + (parameters + state)
                    + ", expected at most " + (parameters + state - 1)
                    + ", the value of spark.driver.maxResultSize: raise it (0 is no limit)"));
    assertThat(listener.stages()).isZero();
    with(
        Map.of("spark.driver.maxResultSize", "0"),
        () -> assertThat(classifier().fit(data).objectiveHistory()).hasSize(1));
  }

  @Test
  void aCheckpointThatIsLargerThanAnArray() {
    NetworkForm form = form("Large");
    long most = Integer.MAX_VALUE - 8;
    Checkpoint.requireRoom(form, most, most, 0);
    assertThatThrownBy(() -> Checkpoint.requireRoom(form, 100, most + 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a checkpoint of the network Large has 100 bytes of parameters and buffers and 2147483640 bytes of the optimizer's state, expected at most 2147483639 of each, because each is one array: declare smaller layers, or choose an optimizer with less state");
    assertThatThrownBy(() -> Checkpoint.requireRoom(form, most + 1, 100, 1))
        .hasMessageContaining("expected at most 2147483639 of each");
  }

  private static NetworkForm form(String name) {
    return new NetworkForm(name, DType.FLOAT32, 4, 3, Target.CLASS, true, false);
  }

  /** The class is missing where the tasks run: here the driver creates no network before the end. Spark itself does not try a barrier stage again whose tasks fail. */
  @Test
  void tasksThatAlwaysFailAreTriedAsOftenAsSparkTriesAStage() {
    NetworkForm form = form("com.example.OfNoJar");
    JavaRDD<Row> rows = data.toJavaRDD();
    RowScan scan = new RowScan(new RowReader(form, "features"));
    Partitions partitions =
        Partitions.of(rows.mapPartitionsWithIndex(scan, false).collect());
    ShardPlan plan = new ShardPlan(partitions.total(), 2, 8, 1);
    SparkTraining training = new SparkTraining(
        JavaSparkContext.fromSparkContext(spark.sparkContext()),
        new TrainingJob(form, plan, "Adam", 0.1, 1),
        JavaPairRDD.fromJavaRDD(
            rows.mapPartitionsWithIndex(new ShardCutter(form, plan, partitions), false)),
        5,
        3);
    BarrierListener listener = new BarrierListener(spark, 1, () -> {});

    assertThatThrownBy(training::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "epochs 0 to 2 failed 4 times (spark.stage.maxConsecutiveAttempts), the last time with: ")
        .hasMessageContainingAll("network is com.example.OfNoJar, and there is no such class");
    assertThat(listener.stages()).isEqualTo(4);
  }
}
