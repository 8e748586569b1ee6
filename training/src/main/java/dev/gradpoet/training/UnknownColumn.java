package dev.gradpoet.training;

import dev.gradpoet.runtime.files.Excerpt;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The error about a column that a file does not have: its columns, and what was probably meant. */
final class UnknownColumn {

  /** The number of characters of a list of names in a message. */
  static final int MOST_NAMES = 200;

  private UnknownColumn() {}

  static IOException of(String column, List<String> names) {
    return new IOException("there is no column " + Excerpt.name(column) + ", expected one of "
        + Excerpt.names(names, MOST_NAMES) + wayOut(column, names));
  }

  private static String wayOut(String column, List<String> names) {
    if (names.size() == 1 && names.get(0).matches("(?s).*[;\\t|].*")) {
      char separator = names.get(0).replaceAll("[^;\\t|]", "").charAt(0);
      return ": choose separator('" + (separator == '\t' ? "\\t" : separator) + "')";
    }
    int most = Math.min(Math.max(2, column.length() / 3), column.length() - 1);
    return names.stream()
        .filter(name -> distance(name, column) <= most)
        .min(Comparator.comparing(name -> distance(name, column)))
        .map(name -> ": did you mean " + Excerpt.name(name) + "?")
        .orElse("");
  }

  /** The number of letters to change, add or remove, ignoring case (V. Levenshtein, 1965). */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
