package dev.gradpoet.spark;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.SparkSession;

/** Counts the barrier stages of a session, which train, and does something when a task of one of them has begun. */
final class BarrierListener extends SparkListener {

  private final SparkSession spark;
  private final int which;
  private final Runnable action;
  private final CountDownLatch begun = new CountDownLatch(1);
  private final AtomicInteger submitted = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private int last = -1;

  /**
   * A listener that listens from now on.
   *
   * @param which the stage whose first task is waited for, from 1
   * @param action what happens then, once
   */
  BarrierListener(SparkSession spark, int which, Runnable action) {
    this.spark = spark;
    this.which = which;
    this.action = action;
    spark.sparkContext().addSparkListener(this);
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted event) {
    if (event.stageInfo().rddInfos().exists(info -> info.isBarrier())) {
      last = event.stageInfo().stageId();
      submitted.incrementAndGet();
    }
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart event) {
    if (begun.getCount() > 0 && submitted.get() == which && event.stageId() == last) {
      action.run();
      begun.countDown();
    }
  }

  @Override
  public void onStageCompleted(SparkListenerStageCompleted event) {
    if (event.stageInfo().failureReason().isDefined()) {
      failed.incrementAndGet();
    }
  }

  /** Waits for the task. */
  void awaitTask() throws InterruptedException {
    begun.await();
  }

  boolean hasBegun() {
    return begun.getCount() == 0;
  }

  /** The number of barrier stages until now, after all events have arrived. */
  int stages() {
    return counted(submitted);
  }

  /** The number of stages that have failed until now. */
  int failures() {
    return counted(failed);
  }

  private int counted(AtomicInteger number) {
    try {
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
    return number.get();
  }
}
