package dev.gradpoet.runtime.support.parallel;

import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads of a predictor or trainer: that of its caller, and workers that wait until there is a task. They are daemons. {@link #close} ends them, or
 * the garbage collector once nothing refers to the team.
 */
public final class Team {

  /**
   * The multiply-adds of the forward pass of a training step below which the caller is alone: with vector kernels, the step takes some 75 microseconds, in
   * which a worker that has parked would hardly be awake. For tests, {@code -Dgradpoet.threads=force} always uses all threads.
   */
  private static final long WORTH = 1 << 20;

  /** The nanoseconds after which {@link #close} looks again whether a call has ended. */
  private static final long PATIENCE = 20_000;

  private enum State {
    IDLE,
    RUNNING,
    CLOSED
  }

  private static final Cleaner CLEANER = Cleaner.create();

  private final int threads;
  private final String name;
  private final boolean forced;

  /** Null if no call can be worth it. */
  private final Crew crew;

  private final Cleaner.Cleanable workers;

  private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

  /** Whether no further call may begin, so that {@link #close} has its turn beside a thread that calls again and again. */
  private volatile boolean closing;

  /**
   * A team at work.
   *
   * @param threads the number of threads, at least 2
   * @param name "predictor" or "trainer"
   * @param most the most operations of a call
   */
  public Team(int threads, String name, double most) {
    this.threads = threads;
    this.name = name;
    this.forced = "force".equals(System.getProperty("gradpoet.threads"));
    if (!forced && most < WORTH) {
      this.crew = null;
      this.workers = null;
      return;
    }
    Crew started = new Crew(threads, name);
    this.crew = started;
    this.workers = CLEANER.register(this, started::end);
  }

  /** The parts of a task that waits for all of them; none if no call can be worth it. */
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; crew != null && i < threads; i++) {
      parts.add(new Part(i, threads, crew.barrier));
    }
    return parts;
  }

  /** Whether all threads are used for the shortest calls, too. */
  public boolean isForced() {
    return forced;
  }

  /**
   * Whether a call takes so long that several threads gain time.
   *
   * @param operations the multiply-adds of its forward pass, if it is a step; a third of those of a forward pass alone
   */
  public boolean isWorth(double operations) {
    return crew != null && (forced || operations >= WORTH);
  }

  /**
   * The rows that a thread computes at a time, if all of them compute the same number of times and as evenly as whole blocks of rows allow.
   *
   * @param rows the rows of a call
   * @param most the most rows at a time; the result is rounded up to whole blocks and may exceed it
   */
  public int evenRows(int rows, int most) {
    long rounds = ceilDiv(ceilDiv(rows, most), threads);
    return (int) (ceilDiv(ceilDiv(rows, rounds * threads), Part.BLOCK) * Part.BLOCK);
  }

  private static long ceilDiv(long number, long divisor) {
    return (number + divisor - 1) / divisor;
  }

  /**
   * Checks that it may be used.
   *
   * @throws IllegalStateException if it is closed
   */
  public void requireOpen() {
    if (closing) {
      throw new IllegalStateException(
          "the " + name + " is closed, and its threads have ended: make another one");
    }
  }

  /**
   * Takes the team for this thread, which then may say what there is to compute, until {@link #release}.
   *
   * @throws IllegalStateException if the team is closed, or computes for another thread: nothing may be changed then
   */
  public void take() {
    requireOpen();
    if (!state.compareAndSet(State.IDLE, State.RUNNING)) {
      requireOpen();
      throw new IllegalStateException(
          "the " + name
              + " computes for another thread at this moment: a predictor or trainer belongs to one thread, make one for each");
    }
  }

  /** Gives the team back, after {@link #take}. */
  public void release() {
    state.set(State.IDLE);
  }

  /**
   * Computes all parts of a task at the same time, for a thread that has taken the team. They may wait for each other.
   *
   * @throws IllegalStateException if a worker fails, with its exception as the cause
   */
  public void compute(Task task) {
    compute(task, true);
  }

  /** Computes a task that part 0 could compute alone, with the help of the workers that are in time, for a thread that has taken the team. */
  public void computeWithHelp(Task task) {
    compute(task, false);
  }

  private void compute(Task task, boolean all) {
    Throwable failed = crew.run(task, all);
    if (failed != null) {
      throw new IllegalStateException(
          "a thread of the " + name
              + " failed, see the cause: what the call computes is incomplete",
          failed);
    }
  }

  /** Ends the workers and waits for their end, after the call that they compute; calls that begin later are refused. Does nothing the second time. */
  public void close() {
    closing = true;
    while (!state.compareAndSet(State.IDLE, State.CLOSED) && state.get() != State.CLOSED) {
      LockSupport.parkNanos(PATIENCE);
    }
    if (crew != null) {
      workers.clean();
      crew.join();
    }
  }
}
