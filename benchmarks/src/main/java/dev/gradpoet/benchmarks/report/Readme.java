package dev.gradpoet.benchmarks.report;

/** The README of the benchmarks, whose tables stand between two comments for each JDK. */
final class Readme {

  private Readme() {}

  /**
   * The text with other tables for a JDK.
   *
   * @throws IllegalArgumentException if the text has no place for them
   */
  static String withTables(String text, int jdk, String tables) {
    String opening = "<!-- tables: jdk" + jdk + " -->\n";
    String closing = "<!-- end of tables: jdk" + jdk + " -->\n";
    int start = text.indexOf(opening);
    int end = text.indexOf(closing);
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("the README has no place for the tables of JDK " + jdk
          + ", expected the lines\n" + opening + closing);
    }
    return text.substring(0, start + opening.length()) + "\n" + tables + "\n" + text.substring(end);
  }
}
