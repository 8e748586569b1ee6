package dev.gradpoet.spark;

import org.apache.spark.SparkThrowable;

/** Why the job of a segment failed, and whether another try can help. */
enum Failure {

  /** Someone has cancelled the job, its stage or its group, or has stopped Spark. */
  CANCELLED,

  /** The rows cannot be computed: Spark has tried that spark.task.maxFailures times, and passes on what the task has thrown. */
  ROWS,

  /** Tasks of the barrier stage have ended, of which Spark passes on only a text. */
  LOST_TASK;

  /**
   * Why a job failed.
   *
   * @param cause as Spark reports it
   * @param stopped whether Spark has been stopped
   */
  static Failure of(Throwable cause, boolean stopped) {
    if (stopped
        || cause instanceof SparkThrowable known
            && "SPARK_JOB_CANCELLED".equals(known.getCondition())) {
      return CANCELLED;
    }
    return cause.getCause() != null ? ROWS : LOST_TASK;
  }

  /**
   * What {@code fit} throws.
   *
   * @param what has failed
   * @param attempts how often it was tried
   */
  IllegalStateException exception(String what, int attempts, Throwable cause) {
    return new IllegalStateException(
        switch (this) {
          case CANCELLED -> "training was cancelled in " + what + ": " + cause.getMessage();
          case ROWS ->
            "computing the rows for " + what + " failed: " + cause.getCause().getMessage();
          case LOST_TASK ->
            what + " failed " + attempts
                + " times (spark.stage.maxConsecutiveAttempts), the last time with: "
                + cause.getMessage();
        },
        cause);
  }
}
