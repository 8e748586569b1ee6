package dev.gradpoet.training;

import java.util.List;
import java.util.Map;

/** What a run reports to its {@link TrainingListener}s. */
public sealed interface TrainingEvent
    permits TrainingEvent.Started,
        TrainingEvent.Step,
        TrainingEvent.EpochEnded,
        TrainingEvent.Ended {

  /**
   * The run starts, or continues from a checkpoint.
   *
   * @param settings of the run, by name
   * @param done the epochs that a checkpoint already has; empty for a new run
   * @param epochs the number of epochs of the whole run, at most
   * @param rows the number of training rows
   */
  record Started(Map<String, String> settings, List<Epoch> done, int epochs, int rows)
      implements TrainingEvent {}

  /** A step is done. This object is reused: it is valid only during the call. */
  final class Step implements TrainingEvent {

    private int epoch;
    private long number;
    private int rowsDone;
    private int rows;
    private double loss;

    Step() {}

    Step at(int epoch, long number, int rowsDone, int rows, double loss) {
      this.epoch = epoch;
      this.number = number;
      this.rowsDone = rowsDone;
      this.rows = rows;
      this.loss = loss;
      return this;
    }

    /** The number of its epoch, from 1. */
    public int epoch() {
      return epoch;
    }

    /** The number of the step in the whole run, from 1. */
    public long number() {
      return number;
    }

    /** The number of rows of this epoch up to and including this step. */
    public int rowsDone() {
      return rowsDone;
    }

    /** The number of rows of an epoch. */
    public int rows() {
      return rows;
    }

    /** The loss before its update. */
    public double loss() {
      return loss;
    }
  }

  /**
   * An epoch is done, and in the checkpoint.
   *
   * @param epoch its results
   * @param isBest whether it is the best so far
   */
  record EpochEnded(Epoch epoch, boolean isBest) implements TrainingEvent {}

  /**
   * The run has ended; the best parameters are in the network.
   *
   * @param history of the run
   */
  record Ended(History history) implements TrainingEvent {}
}
