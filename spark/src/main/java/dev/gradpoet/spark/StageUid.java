package dev.gradpoet.spark;

/**
 * The uid of a stage under construction. The constructors of spark.ml's Scala classes ask for {@code uid()} before a constructor in Java can set a
 * field, so it waits here, one for each thread: a stage's {@code uid()} is {@link #or} of its field, and its constructor sets the field to {@link #take}.
 */
final class StageUid {

  private static final ThreadLocal<String> PENDING = new ThreadLocal<>();

  private StageUid() {}

  /** To be called in the arguments of a constructor, before the superclass's. */
  static StageUid pending(String uid) {
    PENDING.set(uid);
    return new StageUid();
  }

  /** A uid or, while it is null, that of the stage whose constructor runs on this thread. */
  static String or(String uid) {
    return uid != null ? uid : PENDING.get();
  }

  /** Ends the wait. */
  String take() {
    String uid = PENDING.get();
    PENDING.remove();
    return uid;
  }
}
