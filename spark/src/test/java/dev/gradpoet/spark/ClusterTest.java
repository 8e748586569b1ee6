package dev.gradpoet.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.runtime.AdamW;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors that are virtual machines of their own: their number leaves no trace in a model, nor does the death of one. */
class ClusterTest {

  @Test
  void oneTwoAndFourExecutorsGiveTheSameBitsAndSoDoesOneThatIsKilled() {
    byte[] expected = inSession(Sessions.local(1), ClusterTest::bits);

    assertThat(inSession(Sessions.local(3), ClusterTest::bits)).isEqualTo(expected);
    assertThat(inSession(Sessions.cluster(1), ClusterTest::bits)).isEqualTo(expected);
    assertThat(inSession(Sessions.cluster(4), ClusterTest::bits)).isEqualTo(expected);
    // executors of sessions that have ended may still be ending
    Set<ProcessHandle> earlier = children();
    assertThat(inSession(Sessions.cluster(2), spark -> {
          assertThat(bits(spark)).isEqualTo(expected);
          return bitsDespiteAKill(spark, earlier);
        }))
        .isEqualTo(expected);
  }

  private static byte[] inSession(SparkSession spark, Function<SparkSession, byte[]> function) {
    try {
      return function.apply(spark);
    } finally {
      spark.stop();
    }
  }

  static byte[] bits(SparkSession spark) {
    Dataset<Row> data = Frames.classes(spark, 301);
    return LocalTrainingTest.bits(classifier().fit(data).model());
  }

  private static GradpoetClassifier classifier() {
    return new GradpoetClassifier()
        .setNetwork(Nets_NoisyNetwork.class)
        .setOptimizer(AdamW.of(0.01))
        .setBatchSize(32)
        .setMaxIter(6)
        .setCheckpointInterval(3);
  }

  /** Kills an executor as soon as the second segment has begun: its tasks need a second to find each other. */
  private static byte[] bitsDespiteAKill(SparkSession spark, Set<ProcessHandle> earlier) {
    BarrierListener listener = killing(spark, earlier);
    byte[] bits = bits(spark);
    assertThat(listener.failures()).isPositive();
    assertThat(listener.hasBegun()).isTrue();
    return bits;
  }

  private static BarrierListener killing(SparkSession spark, Set<ProcessHandle> earlier) {
    ProcessHandle executor = children().stream()
        .filter(child -> !earlier.contains(child))
        .findFirst()
        .orElseThrow();
    return new BarrierListener(spark, 2, executor::destroyForcibly);
  }

  private static Set<ProcessHandle> children() {
    return ProcessHandle.current().children().collect(Collectors.toSet());
  }

  @Test
  void rowsThatAreLostAndComeBackInAnotherOrderAreAnError(@TempDir Path markers) {
    Set<ProcessHandle> earlier = children();
    inSession(Sessions.cluster(2), spark -> {
      Dataset<Row> changing = Rereading.reversed(Frames.classes(spark, 301), markers, -1);
      // starts the executors
      assertThat(spark.range(10).count()).isEqualTo(10);
      BarrierListener listener = killing(spark, earlier);

      assertThatThrownBy(() -> classifier().fit(changing))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContainingAll(
              "computing the rows for epochs 3 to 5 failed: partition ",
              "the same number, but other rows or another order",
              "sort the DataFrame by a unique key")
          .hasCauseInstanceOf(SparkException.class);
      assertThat(listener.hasBegun()).isTrue();
      return null;
    });
  }
}
