package dev.gradpoet.spark;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Model;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.StorageLevel;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * A training run as the driver sees it: segments of some epochs, each a barrier stage that starts from the checkpoint of the one before. A segment whose stage
 * fails because tasks were lost is computed again, by as many tasks as there are slots then, and gives the same bits.
 */
final class SparkTraining {

  /** For how many seconds an executor may be missing until a stage that waits for it is given up. */
  private static final int MISSING_SECONDS = 20;

  private static final ClassTag<Checkpoint> CHECKPOINT = ClassTag$.MODULE$.apply(Checkpoint.class);

  private final JavaSparkContext spark;
  private final TrainingJob job;
  private final JavaPairRDD<Integer, Shard> pieces;
  private final int epochs;
  private final int interval;
  private JavaRDD<Share> shares;
  private int tasks;

  /**
   * A run.
   *
   * @param pieces the rows, cut into shards
   * @param epochs the number of epochs
   * @param interval the number of epochs of a segment
   */
  SparkTraining(
      JavaSparkContext spark,
      TrainingJob job,
      JavaPairRDD<Integer, Shard> pieces,
      int epochs,
      int interval) {
    this.spark = spark;
    this.job = job;
    this.pieces = pieces;
    this.epochs = epochs;
    this.interval = interval;
  }

  /**
   * A trained network.
   *
   * @param model the network
   * @param losses the mean training loss of each epoch
   */
  record Result(Model model, double... losses) {}

  /**
   * Trains.
   *
   * @throws InterruptedException if the thread was interrupted; the job of the segment has been cancelled then
   */
  Result run() throws InterruptedException {
    Checkpoint last = Checkpoint.none();
    List<Double> losses = new ArrayList<>();
    try {
      for (int epoch = 0; epoch < epochs; ) {
        int end = Math.min(epochs, epoch + interval);
        last = segment(epoch, end, last);
        for (double loss : last.losses()) {
          losses.add(loss);
        }
        epoch = end;
      }
    } finally {
      release();
    }
    Model model = job.network(new Generator());
    last.restoreNetwork(model);
    return new Result(model, losses.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private Checkpoint segment(int first, int end, Checkpoint start) throws InterruptedException {
    int attempts = spark.sc().conf().getInt("spark.stage.maxConsecutiveAttempts", 4);
    for (int attempt = 1; ; attempt++) {
      deal();
      Broadcast<Checkpoint> broadcast = spark.broadcast(start);
      try {
        return attempt(new Segment(job, first, end, token()), broadcast);
      } catch (ExecutionException e) {
        Failure failure = Failure.of(e.getCause(), spark.sc().isStopped());
        if (failure != Failure.LOST_TASK || attempt == attempts) {
          throw failure.exception("epochs " + first + " to " + (end - 1), attempt, e.getCause());
        }
      } finally {
        broadcast.destroy();
      }
    }
  }

  private Checkpoint attempt(Segment segment, Broadcast<Checkpoint> start)
      throws ExecutionException, InterruptedException {
    RDD<Checkpoint> results =
        shares.rdd().barrier().mapPartitions(new TrainingTask(segment, start), false, CHECKPOINT);
    JavaFutureAction<List<Checkpoint>> future =
        JavaRDD.fromRDD(results, CHECKPOINT).collectAsync();
    try {
      int missing = 0;
      while (true) {
        try {
          return future.get(1, TimeUnit.SECONDS).get(0);
        } catch (TimeoutException e) {
          missing = slots() < tasks ? missing + 1 : 0;
          if (missing > MISSING_SECONDS) {
            throw new ExecutionException(new IllegalStateException(
                "an executor is gone for more than " + MISSING_SECONDS + " s"));
          }
        }
      }
    } finally {
      future.cancel(true);
    }
  }

  /** Deals the shards out to as many tasks as can run at once; again only if their number has changed. */
  private void deal() {
    int now = Math.max(1, Math.min(job.plan().shards(), slots()));
    if (shares != null && tasks == now) {
      return;
    }
    release();
    tasks = now;
    shares = pieces
        .partitionBy(new Share.ByTask(job.plan().shards(), tasks))
        .mapPartitions(new Share.Assembly(job.form(), job.plan()))
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  private void release() {
    if (shares != null) {
      shares.unpersist(false);
    }
  }

  /** How many tasks can run at once, as Spark counts them for a barrier stage. */
  private int slots() {
    return spark
        .sc()
        .maxNumConcurrentTasks(spark.sc().resourceProfileManager().defaultResourceProfile());
  }

  private static byte[] token() {
    byte[] token = new byte[Greeting.TOKEN];
    new SecureRandom().nextBytes(token);
    return token;
  }
}
