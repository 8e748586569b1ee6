package dev.gradpoet.spark;

/**
 * The uid of a stage under construction. The constructors of spark.ml's Scala classes ask for {@code uid()} before a constructor in Java can set a
 * field, so it waits here, one for each thread.
 */
final class StageUid implements AutoCloseable {

  private static final ThreadLocal<String> PENDING = new ThreadLocal<>();

  private StageUid() {}

  static StageUid of(String uid) {
    PENDING.set(uid);
    return new StageUid();
  }

  /** The uid of the stage whose constructor runs on this thread. */
  static String pending() {
    return PENDING.get();
  }

  @Override
  public void close() {
    PENDING.remove();
  }
}
