package dev.gradpoet.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.runtime.AdamW;
import dev.gradpoet.runtime.Model;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

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

  private static byte[] bits(SparkSession spark) {
    Dataset<Row> data = Frames.classes(spark, 301);
    Model model = new GradpoetClassifier()
        .setNetwork(Nets_NoisyNetwork.class)
        .setOptimizer(AdamW.of(0.01))
        .setBatchSize(32)
        .setMaxIter(6)
        .setCheckpointInterval(3)
        .fit(data)
        .model();
    return LocalTrainingTest.bits(model);
  }

  /** Kills an executor as soon as the second segment has begun: its tasks need a second to find each other. */
  private static byte[] bitsDespiteAKill(SparkSession spark, Set<ProcessHandle> earlier) {
    ProcessHandle executor = children().stream()
        .filter(child -> !earlier.contains(child))
        .findFirst()
        .orElseThrow();
    AtomicInteger failed = new AtomicInteger();
    Killer killer = new Killer(executor, failed);
    spark.sparkContext().addSparkListener(killer);
    byte[] bits = bits(spark);
    waitForEvents(spark);
    assertThat(killer.killed.get()).isEqualTo(1);
    assertThat(failed.get()).isPositive();
    return bits;
  }

  private static Set<ProcessHandle> children() {
    return ProcessHandle.current().children().collect(Collectors.toSet());
  }

  private static void waitForEvents(SparkSession spark) {
    try {
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Kills one of the executors, which are the only processes that this one has started, in the second barrier stage. */
  private static final class Killer extends SparkListener {

    private final ProcessHandle executor;
    private final AtomicInteger failed;
    private final AtomicInteger killed = new AtomicInteger();
    private int stages;
    private int last = -1;

    Killer(ProcessHandle executor, AtomicInteger failed) {
      this.executor = executor;
      this.failed = failed;
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
      if (submitted.stageInfo().rddInfos().exists(info -> info.isBarrier())) {
        last = submitted.stageInfo().stageId();
        stages++;
      }
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart started) {
      if (stages == 2 && started.stageId() == last && killed.compareAndSet(0, 1)) {
        executor.destroyForcibly();
      }
    }

    @Override
    public void onStageCompleted(SparkListenerStageCompleted completed) {
      if (completed.stageInfo().failureReason().isDefined()) {
        failed.incrementAndGet();
      }
    }
  }
}
