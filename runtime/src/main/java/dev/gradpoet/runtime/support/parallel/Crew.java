package dev.gradpoet.runtime.support.parallel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;

/**
 * The worker threads of a team and what they share. Between two tasks nothing here refers to the team or to what it computes, so that both can
 * be collected while the workers wait.
 */
final class Crew {

  /** In {@link #entry}: no worker may enter the task any more. */
  private static final long CLOSED = 1L << 31;

  private static final long ENTERED = CLOSED - 1;

  /** The nanoseconds that a thread looks for work before it parks: about as long as it takes to wake it. */
  private static final long PATIENCE = 50_000;

  final Barrier barrier;
  private final Thread[] workers;

  /** 0 if there are fewer processors than threads. */
  private final long patience;

  /** The number of the task, how many workers have entered it, and whether it is closed. */
  private final AtomicLong entry = new AtomicLong(CLOSED);

  /** The workers that have left the task. */
  private final AtomicInteger left = new AtomicInteger();

  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /** The workers that have parked. */
  private final AtomicReferenceArray<Thread> parked;

  private volatile Task task;
  private volatile Thread caller;
  private volatile boolean ended;

  /**
   * Starts the workers.
   *
   * @param threads the number of threads with that of the caller
   * @param name what they work for
   */
  Crew(int threads, String name) {
    this.patience = threads <= Runtime.getRuntime().availableProcessors() ? PATIENCE : 0;
    this.barrier = new Barrier(threads, patience);
    this.workers = new Thread[threads - 1];
    this.parked = new AtomicReferenceArray<>(threads);
    try {
      for (int i = 1; i < threads; i++) {
        workers[i - 1] = start(i, "gradpoet-" + name + "-" + i);
      }
    } catch (Throwable t) {
      end(); // the system has no more threads: those that run must not stay
      throw t;
    }
  }

  private Thread start(int part, String name) {
    Thread worker = new Thread(null, () -> work(part), name, 0, false);
    worker.setDaemon(true);
    worker.setContextClassLoader(
        null); // it runs no code of the application, and must not keep its classes
    worker.start();
    return worker;
  }

  private void work(int part) {
    long seen = 0;
    while (awaitTask(seen, part)) {
      seen = number(entry.get());
      if (enter(seen)) {
        perform(part);
        left.incrementAndGet();
        Thread waiting = caller;
        if (waiting != null) {
          LockSupport.unpark(waiting);
        }
      }
    }
  }

  /** Whether there is a task after one, rather than the end. */
  private boolean awaitTask(long seen, int part) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < patience) {
      if (isNews(seen)) {
        return !ended;
      }
      Thread.onSpinWait();
    }
    parked.set(part, Thread.currentThread());
    while (!isNews(seen)) {
      LockSupport.park(this);
      Thread.interrupted(); // no one has a reason to interrupt a worker, and it would spin
    }
    parked.set(part, null);
    return !ended;
  }

  private boolean isNews(long seen) {
    return ended || number(entry.get()) != seen;
  }

  private static long number(long entry) {
    return entry >>> 32;
  }

  /** Enters a task, unless it is closed or over. */
  private boolean enter(long task) {
    while (true) {
      long current = entry.get();
      if (number(current) != task || (current & CLOSED) != 0) {
        return false;
      }
      if (entry.compareAndSet(current, current + 1)) {
        return true;
      }
    }
  }

  private void perform(int part) {
    try {
      task.run(part);
    } catch (Throwable t) {
      fail(t);
    }
  }

  /** Keeps the first failure, and stops the other parts. */
  private void fail(Throwable t) {
    if (!(t instanceof Barrier.StoppedException)) {
      failure.compareAndSet(null, t);
      barrier.breakUp();
    }
  }

  /**
   * Runs a task, part 0 in this thread.
   *
   * @param all whether each worker has a part; otherwise the task does without those that come too late
   * @return why it failed; null if it did not
   */
  Throwable run(Task next, boolean all) {
    task = next;
    left.set(0);
    entry.set(number(entry.get()) + 1 << 32);
    for (int part = 1; part <= workers.length; part++) {
      Thread waiting = parked.get(part);
      if (waiting != null) {
        LockSupport.unpark(waiting);
      }
    }
    perform(0);
    awaitWorkers(all ? workers.length : close());
    task = null;
    Throwable failed = failure.get();
    if (failed != null) {
      failure.set(null);
      barrier.reset();
    }
    return failed;
  }

  /** Lets no further worker in, and returns how many are. */
  private int close() {
    while (true) {
      long current = entry.get();
      if (entry.compareAndSet(current, current | CLOSED)) {
        return (int) (current & ENTERED);
      }
    }
  }

  private void awaitWorkers(int entered) {
    long start = System.nanoTime();
    while (left.get() < entered && System.nanoTime() - start < patience) {
      Thread.onSpinWait();
    }
    if (left.get() < entered) {
      caller = Thread.currentThread();
      while (left.get() < entered) {
        Barrier.park(this);
      }
      caller = null;
    }
  }

  /** Ends the workers, as soon as they have left their task. */
  void end() {
    ended = true;
    for (Thread worker : workers) {
      if (worker != null) {
        LockSupport.unpark(worker);
      }
    }
  }

  /** Waits for the end of the workers. An interruption of the thread is kept for later. */
  void join() {
    boolean interrupted = false;
    for (Thread worker : workers) {
      while (worker.isAlive()) {
        try {
          worker.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
