package dev.gradpoet.contract;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What work allocates, by the thread's own counter. */
public final class AllocatedBytes {

  private static final int MOST_RUNS = 200_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private AllocatedBytes() {}

  /**
   * The least that a run allocates. Vectors are objects until C2 has compiled what holds them, so there may be many runs before the first that
   * allocates nothing; what allocates for ever ends with the last.
   */
  public static long least(Runnable work) {
    long thread = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < MOST_RUNS && least != 0; i++) {
      long before = THREADS.getThreadAllocatedBytes(thread);
      work.run();
      least = Math.min(least, THREADS.getThreadAllocatedBytes(thread) - before);
    }
    return least;
  }
}
