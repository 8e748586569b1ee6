package dev.gradpoet.benchmarks.report;

import java.util.Locale;

/** The kinds of work. */
public enum Kind {
  /** The outputs of one row. */
  ONE_ROW("one row"),
  /** The outputs of 64 rows. */
  ROWS_64("64 rows"),
  /** A training step on the batch of the network. */
  STEP("training step");

  private final String title;

  Kind(String title) {
    this.title = title;
  }

  /** The title within a sentence. */
  String title() {
    return title;
  }

  /** The title of a table. */
  String heading() {
    return title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
  }
}
