package dev.gradpoet.training;

import java.util.Objects;

/** Stops a run. */
public final class RunControl {

  private String reason;

  RunControl() {}

  /**
   * Stops the run after the current step. The epoch is then incomplete: it is not in the history, the network has the parameters of the best epoch before or, if there is none, those that
   * this epoch started with, and a run that is started again on the checkpoints repeats it from its beginning.
   *
   * @param reason for the history
   */
  public void stop(String reason) {
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  boolean isStopped() {
    return reason != null;
  }

  String reason() {
    return reason;
  }
}
