package dev.gradpoet.training;

import dev.gradpoet.runtime.memory.Heap;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The categories of a column: an index for each row. */
final class Categories {

  private final Vocabulary given;
  private final Map<String, Integer> found = new LinkedHashMap<>();
  private int[] codes = new int[64];
  private int rows;
  private int current;
  private Vocabulary vocabulary;

  /**
   * An empty column.
   *
   * @param given the names that it may have; null to collect those of the file
   */
  Categories(Vocabulary given) {
    this.given = given;
  }

  /** Sets the name of the current row; false if the vocabulary does not have it. */
  boolean set(String name) {
    if (given == null) {
      Integer known = found.putIfAbsent(name, found.size());
      current = known == null ? found.size() - 1 : known;
    } else {
      current = given.index(name);
    }
    return current >= 0;
  }

  /** Keeps the current row. */
  void keep() {
    if (rows == codes.length) {
      codes = Arrays.copyOf(codes, (int) Math.min(Heap.LONGEST, (long) rows + (rows >> 1)));
    }
    codes[rows++] = current;
  }

  /** The names in the order of their indices. */
  Vocabulary vocabulary() {
    if (vocabulary == null) {
      vocabulary = given == null ? sorted() : given;
    }
    return vocabulary;
  }

  /** The names are known only at the end of the file: their indices change from the order of the file to that of the names. */
  private Vocabulary sorted() {
    boolean[] kept = new boolean[found.size()];
    for (int r = 0; r < rows; r++) {
      kept[codes[r]] = true;
    }
    found.values().removeIf(code -> !kept[code]);
    Vocabulary names = Vocabulary.sorted(found.keySet());
    int[] moved = new int[kept.length];
    found.forEach((name, code) -> moved[code] = names.index(name));
    for (int r = 0; r < rows; r++) {
      codes[r] = moved[codes[r]];
    }
    return names;
  }

  /** The index of each row. */
  int[] codes() {
    vocabulary();
    return rows == codes.length ? codes : Arrays.copyOf(codes, rows);
  }

  /** Columns side by side. */
  static IndexValues values(int rows, List<String> names, List<Categories> columns) {
    int[] all;
    if (columns.size() == 1) {
      all = columns.get(0).codes();
    } else {
      all = new int[Math.multiplyExact(rows, columns.size())];
      for (int c = 0; c < columns.size(); c++) {
        int[] codes = columns.get(c).codes();
        for (int r = 0; r < rows; r++) {
          all[r * columns.size() + c] = codes[r];
        }
      }
    }
    return new IndexValues(
        "the categories",
        all,
        names,
        columns.stream().map(Categories::vocabulary).toList());
  }
}
