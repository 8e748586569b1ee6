package dev.gradpoet.runtime.support.batch;

import dev.gradpoet.runtime.support.parallel.Task;
import dev.gradpoet.runtime.support.parallel.Team;
import java.util.ArrayList;
import java.util.List;

/**
 * The threads of a trainer at work, each on its {@link Share}. No sum is divided between them, so that their number changes no bit.
 *
 * @param <X> the arrays of a call, which hold the rows of the inputs
 */
public final class SharedTraining<X> implements Task {

  /** The multiply-adds in the time in which a parameter is updated. */
  private static final double OPERATIONS_OF_UPDATE = 16;

  private enum Work {
    FORWARD,
    BACKWARD,
    EVALUATION,
    ZERO,
    UPDATE
  }

  private final Team team;
  private final double operations;
  private final Runnable onFailure;
  private final List<Share<X>> shares = new ArrayList<>();
  private Work work;
  private X x;
  private int first;
  private int rows;
  private int tile;
  private double factor;
  private boolean inPlace;

  /**
   * Threads that have no shares yet.
   *
   * @param operations the multiply-adds of the forward pass of a row
   * @param onFailure what is done when one of them fails
   */
  public SharedTraining(Team team, long operations, Runnable onFailure) {
    this.team = team;
    this.operations = operations;
    this.onFailure = onFailure;
  }

  /** Adds the share of the next thread. */
  public void add(Share<X> share) {
    shares.add(share);
  }

  /**
   * Whether so many rows take long enough.
   *
   * @throws IllegalStateException if the trainer is closed
   */
  public boolean isWorth(int n) {
    team.requireOpen();
    return team.isWorth(n * operations);
  }

  /**
   * Whether the update of so many parameters takes long enough.
   *
   * @throws IllegalStateException if the trainer is closed
   */
  public boolean isWorthUpdating(long parameters) {
    team.requireOpen();
    return team.isWorth(parameters * OPERATIONS_OF_UPDATE);
  }

  /** The forward pass of a batch. */
  public void forward(X batch, int total) {
    team.take();
    x = batch;
    rows = total;
    run(Work.FORWARD);
  }

  /** The backward pass of a batch. */
  public void backward(int total, double factorOfGradients, boolean intoParameters) {
    team.take();
    rows = total;
    factor = factorOfGradients;
    inPlace = intoParameters;
    run(Work.BACKWARD);
  }

  /**
   * The rows of the tiles of n rows.
   *
   * @param most the most rows of a tile
   * @throws IllegalStateException if the trainer is closed
   */
  public int rowsOfTile(int n, int most) {
    int even = Math.min(most, team.evenRows(n, most));
    return isWorth((int) Math.min(n, (long) shares.size() * even)) ? even : most;
  }

  /** The outputs of tiles of rows, one of each thread. */
  public void evaluate(X batch, int from, int end, int rowsOfTile) {
    team.take();
    x = batch;
    first = from;
    rows = end;
    tile = rowsOfTile;
    run(Work.EVALUATION);
  }

  /** Sets the gradients of the parameters to zero. */
  public void zero() {
    team.take();
    run(Work.ZERO);
  }

  /** Updates the parameters. */
  public void update() {
    team.take();
    run(Work.UPDATE);
  }

  /** Computes with the team that was taken, and gives it back. */
  private void run(Work next) {
    work = next;
    boolean done = false;
    try {
      team.compute(this);
      done = true;
    } finally {
      x = null;
      if (!done && next != Work.EVALUATION) {
        onFailure.run(); // an evaluation works on values of its own
      }
      team.release();
    }
  }

  @Override
  public void run(int part) {
    Share<X> share = shares.get(part);
    switch (work) {
      case FORWARD -> share.forward(x, rows);
      case BACKWARD -> share.backward(rows, factor, inPlace);
      case EVALUATION -> {
        int from = (int) Math.min(rows, first + (long) part * tile);
        share.evaluate(x, from, Math.min(tile, rows - from));
      }
      case ZERO -> share.zero();
      case UPDATE -> share.update();
    }
  }
}
