package dev.gradpoet.runtime.support.parallel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;

/** Where the parts of a computation wait for each other, again and again. If one of them fails, it breaks, and the others stop there. */
final class Barrier {

  private final int parts;

  /** The nanoseconds that a part looks again and again, before it parks. A number of turns would be no measure: how long one takes depends on the compiler. */
  private final long patience;

  private final AtomicInteger arrived = new AtomicInteger();

  /** The threads that have stopped spinning, by their parts. */
  private final AtomicReferenceArray<Thread> parked;

  private volatile int generation;
  private volatile boolean broken;

  Barrier(int parts, long patience) {
    this.parts = parts;
    this.patience = patience;
    this.parked = new AtomicReferenceArray<>(parts);
  }

  /**
   * Waits until all parts have arrived. An interruption of the thread is kept for later.
   *
   * @throws StoppedException if another part has failed
   */
  void await(int part) {
    int current = generation;
    if (arrived.incrementAndGet() == parts) {
      arrived.set(0);
      generation = current + 1;
      wakeAll();
      return;
    }
    long start = System.nanoTime();
    while (isClosed(current) && System.nanoTime() - start < patience) {
      Thread.onSpinWait();
    }
    if (isClosed(current)) {
      parked.set(part, Thread.currentThread());
      while (isClosed(current)) {
        park(this);
      }
      parked.set(part, null);
    }
    if (generation == current) {
      throw StoppedException.INSTANCE;
    }
  }

  private boolean isClosed(int current) {
    return generation == current && !broken;
  }

  /** Parks the thread. If it has been interrupted, which does not end the wait, it lets others run instead. */
  static void park(Object blocker) {
    if (Thread.currentThread().isInterrupted()) {
      Thread.yield();
    } else {
      LockSupport.park(blocker);
    }
  }

  /** Stops the parts that wait here, and those that will. */
  void breakUp() {
    broken = true;
    wakeAll();
  }

  /** Makes it ready for the next computation, when no part is left. */
  void reset() {
    arrived.set(0);
    broken = false;
  }

  private void wakeAll() {
    for (int part = 0; part < parts; part++) {
      Thread waiting = parked.get(part);
      if (waiting != null) {
        LockSupport.unpark(waiting);
      }
    }
  }

  /** Ends a part, because another one has failed. */
  static final class StoppedException extends RuntimeException {

    static final StoppedException INSTANCE = new StoppedException();
    private static final long serialVersionUID = 1;

    private StoppedException() {
      super("another part has failed", null, false, false);
    }
  }
}
