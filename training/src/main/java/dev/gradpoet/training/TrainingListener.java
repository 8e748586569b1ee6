package dev.gradpoet.training;

/** Follows a run, on its thread. */
@FunctionalInterface
public interface TrainingListener {

  /**
   * Takes an event.
   *
   * @param event what happened
   * @param control stops the run
   */
  void on(TrainingEvent event, RunControl control);
}
