package dev.gradpoet.contract;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Measures the bytes that some work allocates, by the counter of the thread. */
public final class AllocatedBytes {

  private static final int MOST_RUNS = 200_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private AllocatedBytes() {}

  /**
   * The minimum that a run allocates. Vectors are objects until C2 has compiled the code that uses them, so many runs may precede the first one that
   * allocates nothing; work that always allocates takes the maximum number of runs.
   */
  public static long least(Runnable work) {
    return least(MOST_RUNS, work);
  }

  /** The same of work that takes milliseconds, with a smaller maximum number of runs. */
  static long least(int mostRuns, Runnable work) {
    long thread = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < mostRuns && least != 0; i++) {
      long before = THREADS.getThreadAllocatedBytes(thread);
      work.run();
      least = Math.min(least, THREADS.getThreadAllocatedBytes(thread) - before);
    }
    return least;
  }

  /** What a run allocates. */
  static long of(Runnable work) {
    long thread = Thread.currentThread().getId();
    long before = THREADS.getThreadAllocatedBytes(thread);
    work.run();
    return THREADS.getThreadAllocatedBytes(thread) - before;
  }
}
