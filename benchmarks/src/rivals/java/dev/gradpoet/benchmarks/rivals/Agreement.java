package dev.gradpoet.benchmarks.rivals;

/** Checks that a rival computes the same results as we do; otherwise it is not timed. */
final class Agreement {

  private static final double TOLERANCE = 1e-4;

  private Agreement() {}

  /**
   * Compares the results of a rival with ours.
   *
   * @throws IllegalStateException if one differs by more than rounding errors
   */
  static void check(String rival, float[] theirs, float[] ours) {
    for (int i = 0; i < ours.length; i++) {
      double allowed = TOLERANCE * Math.max(1, Math.abs(ours[i]));
      if (!(Math.abs(theirs[i] - ours[i]) <= allowed)) {
        throw new IllegalStateException(
            rival + " computes " + theirs[i] + " at " + i + ", we " + ours[i] + ": not timed");
      }
    }
  }
}
