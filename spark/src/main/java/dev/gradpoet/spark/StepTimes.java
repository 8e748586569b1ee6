package dev.gradpoet.spark;

import java.util.Locale;

/** Where the time of the steps of a segment goes in the task that adds the gradients: why more executors help, or don't. */
final class StepTimes {

  /** The unit of the times in {@link #text}, by which the line is found in a log. */
  static final String UNIT = "microseconds per step";

  /** What a step consists of, in the order of the text. */
  enum Part {
    GRADIENTS("own gradients"),
    WAITING("waiting for gradients of other tasks"),
    UPDATE("adding and updating"),
    SENDING("sending parameters");

    private final String text;

    Part(String text) {
      this.text = text;
    }
  }

  private final long[] nanos = new long[Part.values().length];
  private final long start = System.nanoTime();
  private long last = start;

  /** Ends a part, which began where the one before ended. */
  void end(Part part) {
    long now = System.nanoTime();
    nanos[part.ordinal()] += now - last;
    last = now;
  }

  /** The times of some steps. */
  String text(long steps) {
    StringBuilder text = new StringBuilder(String.format(
        Locale.ROOT, "%d steps in %.2f s, " + UNIT + ":", steps, (last - start) / 1e9));
    for (Part part : Part.values()) {
      text.append(String.format(
          Locale.ROOT, " %s %.0f,", part.text, nanos[part.ordinal()] / 1e3 / Math.max(1, steps)));
    }
    return text.substring(0, text.length() - 1);
  }
}
