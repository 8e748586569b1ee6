package dev.gradpoet.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that its user ends is over, is not tried again, and leaves its slots to others. */
class CancelTest {

  private static SparkSession spark;
  private static Dataset<Row> data;

  @BeforeAll
  static void start() {
    spark = Sessions.local(2);
    data = Frames.classes(spark, 64).cache();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static GradpoetClassifier classifier(int shards) {
    return new GradpoetClassifier()
        .setNetwork(Nets_ClassesNetwork.class)
        .setNumShards(shards)
        .setBatchSize(16);
  }

  /** A run that would take minutes. */
  private static final class Run extends Thread {

    private final int shards;
    private final CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    private boolean interrupted;

    Run(int shards) {
      this.shards = shards;
      setDaemon(true);
      start();
    }

    @Override
    public void run() {
      spark.sparkContext().setJobGroup("mine", "a run to cancel", false);
      try {
        classifier(shards).setMaxIter(5_000_000).setCheckpointInterval(-1).fit(data);
      } catch (RuntimeException e) {
        interrupted = isInterrupted();
        thrown.complete(e);
      } finally {
        thrown.complete(null);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aCancelledJobGroup(int shards) throws InterruptedException, ExecutionException {
    BarrierListener listener = new BarrierListener(spark, 1, () -> {});
    Run run = new Run(shards);
    listener.awaitTask();

    spark.sparkContext().cancelJobGroup("mine");

    assertThat(run.thrown.get())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("training was cancelled in epochs 0 to 4999999: ")
        .hasMessageContaining("mine")
        .hasCauseInstanceOf(SparkException.class);
    assertThat(listener.stages()).isEqualTo(1);
    assertThat(classifier(shards).setMaxIter(1).fit(data).objectiveHistory()).hasSize(1);
  }

  @Test
  void allJobs() throws InterruptedException, ExecutionException {
    BarrierListener listener = new BarrierListener(spark, 1, () -> {});
    Run run = new Run(2);
    listener.awaitTask();

    spark.sparkContext().cancelAllJobs();

    assertThat(run.thrown.get())
        .hasMessageStartingWith("training was cancelled in epochs 0 to 4999999: ");
    assertThat(listener.stages()).isEqualTo(1);
  }

  @Test
  void anInterruptedThread() throws InterruptedException, ExecutionException {
    BarrierListener listener = new BarrierListener(spark, 1, () -> {});
    Run run = new Run(2);
    listener.awaitTask();

    run.interrupt();

    assertThat(run.thrown.get())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("training was interrupted")
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(run.interrupted).isTrue();
    assertThat(listener.stages()).isEqualTo(1);
    assertThat(classifier(2).setMaxIter(1).fit(data).objectiveHistory()).hasSize(1);
  }
}
