package dev.gradpoet.runtime.support.parallel;

/** One of the parts of a computation, each of which a thread computes: which items are its own, and where it waits for the others. */
public final class Part {

  /** Threads share rows in whole blocks: kernels compute four rows at a time in plain Java, an even number of them with vectors. */
  public static final int BLOCK = 4;

  /** The only part of what a single thread computes. */
  public static final Part WHOLE = new Part(0, 1, null);

  private final int index;
  private final int parts;

  /** Null of the only part. */
  private final Barrier barrier;

  Part(int index, int parts, Barrier barrier) {
    this.index = index;
    this.parts = parts;
    this.barrier = barrier;
  }

  /** The place among the parts, from 0; the caller's thread computes part 0. */
  public int index() {
    return index;
  }

  /** Another part of the same computation, to find out its items. */
  public Part sibling(int index) {
    return new Part(index, parts, barrier);
  }

  /** Whether no part comes after it. */
  public boolean isLast() {
    return index == parts - 1;
  }

  /** The number of parts. */
  public int parts() {
    return parts;
  }

  /** The first of its own items, out of {@code count}. */
  public int from(int count) {
    return from(count, 1);
  }

  /** The item behind its last one, out of {@code count}. */
  public int to(int count) {
    return to(count, 1);
  }

  /**
   * The first of its own items.
   *
   * @param count the number of items of all parts
   * @param step the parts begin at multiples of it
   */
  public int from(int count, int step) {
    return parts == 1 ? 0 : start(index, count, step);
  }

  /** The item behind its last one, which is the first one of the next part. */
  public int to(int count, int step) {
    return parts == 1 ? count : start(index + 1, count, step);
  }

  private int start(int part, int count, int step) {
    long units = (count + (long) step - 1) / step;
    return (int) Math.min(count, units * part / parts * step);
  }

  /** Waits until all parts are here: what they have written before, this one may read and write afterwards. */
  public void sync() {
    if (barrier != null) {
      barrier.await(index);
    }
  }
}
