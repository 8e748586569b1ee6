package dev.gradpoet.training;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.files.Excerpt;
import dev.gradpoet.runtime.memory.Heap;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The options of a {@code Csv}: copied, changed once, and then left as they are. */
final class CsvOptions {

  private static final Set<String> MARKERS = Set.of("", "NA", "N/A", "NaN", "nan", "null", "NULL");

  /** Opens the file. */
  interface Source {
    InputStream open() throws IOException;
  }

  final String name;
  final Source source;
  boolean header = true;
  List<String> names = List.of();
  int skippedLines;
  Charset charset = StandardCharsets.UTF_8;
  char separator = ',';
  char quote = '"';
  char decimalPoint = '.';
  List<String> features = List.of();
  List<String> oneHot = List.of();
  List<String> indices = List.of();
  List<String> ignored = List.of();
  String classColumn;
  List<String> targets = List.of();
  Map<String, Vocabulary> vocabularies = Map.of();
  Missing missing = Missing.error();
  Set<String> missingMarkers = MARKERS;
  DType dtype = DType.FLOAT32;

  /** Smaller in tests. */
  int mostValues = Heap.LONGEST;

  CsvOptions(String name, Source source) {
    this.name = name;
    this.source = source;
  }

  CsvOptions(CsvOptions that) {
    this(that.name, that.source);
    header = that.header;
    names = that.names;
    skippedLines = that.skippedLines;
    charset = that.charset;
    separator = that.separator;
    quote = that.quote;
    decimalPoint = that.decimalPoint;
    features = that.features;
    oneHot = that.oneHot;
    indices = that.indices;
    ignored = that.ignored;
    classColumn = that.classColumn;
    targets = that.targets;
    vocabularies = that.vocabularies;
    missing = that.missing;
    missingMarkers = that.missingMarkers;
    dtype = that.dtype;
    mostValues = that.mostValues;
  }

  boolean header() {
    return header;
  }

  /** The names of the columns of a file with this number of them and no header. */
  List<String> names(int columns) throws IOException {
    if (!names.isEmpty() && names.size() != columns) {
      throw new IOException("it has " + columns + " columns, expected " + names.size()
          + ", one for each name: " + names);
    }
    return names.isEmpty() ? Vocabulary.numbered(columns).names() : names;
  }

  int skippedLines() {
    return skippedLines;
  }

  char separator() {
    return separator;
  }

  char quote() {
    return quote;
  }

  char decimalPoint() {
    return decimalPoint;
  }

  Missing missing() {
    return missing;
  }

  DType dtype() {
    return dtype;
  }

  boolean isMissing(String cell) {
    return missingMarkers.contains(cell);
  }

  /** The role of each column, in the order of the file. */
  List<CsvColumn> columns(List<String> names) throws IOException {
    Set<String> several = several(names);
    Map<String, CsvColumn> roles = new LinkedHashMap<>();
    add(roles, names, several, features, CsvColumn.Role.FEATURE);
    add(roles, names, several, oneHot, CsvColumn.Role.ONE_HOT);
    add(roles, names, several, indices, CsvColumn.Role.INDEX);
    add(roles, names, several, targets, CsvColumn.Role.TARGET);
    add(
        roles,
        names,
        several,
        classColumn == null ? List.of() : List.of(classColumn),
        CsvColumn.Role.CLASS);
    add(roles, names, several, ignored, CsvColumn.Role.NONE);
    for (String column : vocabularies.keySet()) {
      if (!roles.containsKey(column) || !roles.get(column).role().isCategory()) {
        throw new IOException("a vocabulary is given for \"" + column
            + "\", expected a column of oneHot, indices or classes");
      }
    }
    List<CsvColumn> columns = new ArrayList<>();
    int place = 0;
    for (String column : names) {
      if (roles.containsKey(column)) {
        columns.add(roles.get(column));
      } else if (features.isEmpty()) {
        if (column.isEmpty()) {
          throw new IOException(
              "column " + (columns.size() + 1)
                  + " has no name, like the index column that pandas writes: leave it out with ignore(\"\"), or name the features");
        }
        if (several.contains(column)) {
          throw new IOException(several(column) + ": leave them out with ignore("
              + Excerpt.name(column) + "), or name the features");
        }
        columns.add(new CsvColumn(column, CsvColumn.Role.FEATURE, place++, null));
      } else {
        columns.add(new CsvColumn(column, CsvColumn.Role.NONE, 0, null));
      }
    }
    return columns;
  }

  /** The names that more than one column has. */
  private static Set<String> several(List<String> names) {
    Set<String> once = new HashSet<>();
    return names.stream().filter(name -> !once.add(name)).collect(Collectors.toSet());
  }

  private static String several(String column) {
    return "there are several columns " + Excerpt.name(column) + ", expected one";
  }

  private void add(
      Map<String, CsvColumn> roles,
      List<String> names,
      Set<String> several,
      List<String> columns,
      CsvColumn.Role role)
      throws IOException {
    for (int i = 0; i < columns.size(); i++) {
      String column = columns.get(i);
      if (!names.contains(column)) {
        throw UnknownColumn.of(column, names);
      }
      if (role != CsvColumn.Role.NONE && several.contains(column)) {
        throw new IOException(several(column));
      }
      if (roles.put(column, new CsvColumn(column, role, i, vocabularies.get(column))) != null) {
        throw new IOException("the column \"" + column + "\" is named twice, expected once");
      }
    }
  }
}
