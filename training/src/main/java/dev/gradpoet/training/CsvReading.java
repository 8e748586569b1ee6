package dev.gradpoet.training;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.files.Excerpt;
import dev.gradpoet.training.csv.CsvRows;
import dev.gradpoet.training.csv.DecimalParser;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** One pass over a CSV file: its numbers and categories are collected in primitive arrays and become a data set. */
final class CsvReading {

  private final CsvOptions csv;
  private final CsvRows cells;
  private final DecimalParser numbers;
  private final boolean numbersMayBeMissing;
  private List<CsvColumn> columns;
  private Rows features;
  private Rows targets;
  private final List<Categories> categories = new ArrayList<>();
  private int rows;
  private long widest;
  private long mostRows;

  CsvReading(CsvOptions csv, InputStream stream) throws IOException {
    this.csv = csv;
    this.cells = new CsvRows(stream, csv.charset, csv.separator(), csv.quote(), csv.skippedLines());
    this.numbers = new DecimalParser(csv.decimalPoint());
    this.numbersMayBeMissing =
        csv.missingMarkers.stream().anyMatch(marker -> !Double.isNaN(numbers.parse(marker)));
  }

  Dataset read() throws IOException {
    boolean hasRow = cells.next();
    if (hasRow) {
      start(csv.header() ? cells.cells() : csv.names(cells.size()));
      hasRow = !csv.header() || cells.next();
    }
    while (hasRow) {
      readRow();
      hasRow = cells.next();
    }
    if (rows == 0) {
      throw new IOException(
          "it has no rows" + (csv.missing().skipsRow() ? " without missing values" : "")
              + ", expected at least one");
    }
    return dataset();
  }

  private void start(List<String> names) throws IOException {
    columns = csv.columns(names);
    features = new Rows(csv.dtype(), count(CsvColumn.Role.FEATURE));
    targets = new Rows(csv.dtype(), count(CsvColumn.Role.TARGET));
    for (CsvColumn column : columns) {
      categories.add(column.role().isCategory() ? new Categories(column.vocabulary()) : null);
    }
    if (features.width() + count(CsvColumn.Role.ONE_HOT) + count(CsvColumn.Role.INDEX) == 0) {
      throw new IOException("no column is used as an input, the columns are "
          + Excerpt.names(names, UnknownColumn.MOST_NAMES) + ": call features, oneHot or indices");
    }
    widest = Math.max(
        Math.max(features.width() + leastOneHot(), targets.width()),
        Math.max(count(CsvColumn.Role.INDEX), 1));
    mostRows = csv.mostValues / widest;
  }

  /** The number of values of all oneHot columns: of a vocabulary that is collected from the file, at least one. */
  private long leastOneHot() {
    return columns.stream()
        .filter(column -> column.role() == CsvColumn.Role.ONE_HOT)
        .mapToLong(
            column -> column.vocabulary() == null ? 1 : column.vocabulary().size())
        .sum();
  }

  private IOException tooMany(String rows, long width) {
    return new IOException("it has " + rows + " rows of " + width + " values, expected at most "
        + csv.mostValues + " values in all: split the file, or leave out columns");
  }

  private void readRow() throws IOException {
    if (cells.size() != columns.size()) {
      throw new IOException("line " + cells.line() + " has " + cells.size() + " cells, expected "
          + columns.size() + ", one for each column");
    }
    for (int c = 0; c < columns.size(); c++) {
      if (!readCell(c, cells.cell(c))) {
        return;
      }
    }
    if (rows == mostRows) {
      throw tooMany("more than " + rows, widest);
    }
    features.keep();
    targets.keep();
    for (Categories each : categories) {
      if (each != null) {
        each.keep();
      }
    }
    rows++;
  }

  /** Reads a cell; false if it is missing and its row is to be skipped. */
  private boolean readCell(int c, String cell) throws IOException {
    CsvColumn column = columns.get(c);
    CsvColumn.Role role = column.role();
    if (role == CsvColumn.Role.NONE) {
      return true;
    }
    if (role.isCategory()) {
      if (csv.isMissing(cell)) {
        return missing(column, cell, false);
      }
      if (!categories.get(c).set(cell)) {
        throw at(
            column,
            Excerpt.name(cell) + ", expected one of "
                + Excerpt.names(column.vocabulary().names(), UnknownColumn.MOST_NAMES));
      }
      return true;
    }
    double value = numbersMayBeMissing && csv.isMissing(cell) ? Double.NaN : numbers.parse(cell);
    if (Double.isNaN(value)) {
      if (!csv.isMissing(cell)) {
        throw at(column, Excerpt.name(cell) + ", expected a finite number" + wayOut(cell));
      }
      if (!missing(column, cell, true)) {
        return false;
      }
      value = csv.missing().value();
    }
    Rows to = role == CsvColumn.Role.FEATURE ? features : targets;
    if (csv.dtype() == DType.FLOAT32 && Float.isInfinite((float) value)) {
      throw at(column, value + ", expected a number within the range of FLOAT32");
    }
    to.set(column.place(), value);
    return true;
  }

  /** What the author of a program may have forgotten. */
  private String wayOut(String cell) {
    if (csv.decimalPoint() == '.') {
      boolean thousands = cell.matches("[-+]?[1-9][0-9]{0,2}(,[0-9]{3})+([.][0-9]*)?");
      boolean decimals = cell.matches("[-+]?[0-9]*,[0-9]+");
      if (thousands && decimals) {
        return ": remove the commas if they separate thousands, or choose decimalPoint(',') if they are decimal commas";
      }
      if (thousands) {
        return ": remove the commas, which separate thousands";
      }
      if (decimals) {
        return ": choose decimalPoint(',') for decimal commas";
      }
    }
    return cell.matches("(?s)\\p{L}.*") && !cell.matches("(?i)nan|inf|infinity")
        ? ": read categories with oneHot, indices or classes, leave out the column with ignore, or choose missingMarkers"
        : "";
  }

  private boolean missing(CsvColumn column, String cell, boolean isNumber) throws IOException {
    if (csv.missing().skipsRow()) {
      return false;
    }
    if (isNumber && csv.missing().hasValue()) {
      return true;
    }
    throw at(
        column,
        "no value (\"" + cell + "\"), expected " + (isNumber ? "a number" : "a name")
            + ": choose missing(Missing.skipRow())"
            + (isNumber ? " or missing(Missing.value(..))" : ""));
  }

  private IOException at(CsvColumn column, String found) {
    return new IOException(
        "line " + cells.line() + ", column \"" + column.name() + "\" has " + found);
  }

  private int count(CsvColumn.Role role) {
    return (int) columns.stream().filter(column -> column.role() == role).count();
  }

  private Dataset dataset() throws IOException {
    DatasetBuilder data = DatasetBuilder.of(rows);
    List<Categories> oneHot = of(CsvColumn.Role.ONE_HOT);
    long all = features.width();
    for (Categories each : oneHot) {
      all += each.vocabulary().size();
    }
    if (all * rows > csv.mostValues) {
      throw tooMany(Integer.toString(rows), all);
    }
    List<String> names = new ArrayList<>(names(CsvColumn.Role.FEATURE));
    List<String> oneHotNames = names(CsvColumn.Role.ONE_HOT);
    for (int i = 0; i < oneHot.size(); i++) {
      for (String name : oneHot.get(i).vocabulary().names()) {
        names.add(oneHotNames.get(i) + "=" + name);
      }
    }
    if (!names.isEmpty()) {
      data.input("input", features.values("the features", names, oneHot));
    }
    List<Categories> indices = of(CsvColumn.Role.INDEX);
    if (!indices.isEmpty()) {
      data.input(
          names.isEmpty() ? "input" : "indices",
          Categories.values(rows, names(CsvColumn.Role.INDEX), indices));
    }
    List<Categories> classes = of(CsvColumn.Role.CLASS);
    return data.target(
            classes.isEmpty()
                ? targets.values("the targets", names(CsvColumn.Role.TARGET), List.of())
                : Categories.values(rows, names(CsvColumn.Role.CLASS), classes))
        .build();
  }

  private List<String> names(CsvColumn.Role role) {
    return columns.stream()
        .filter(column -> column.role() == role)
        .sorted((a, b) -> Integer.compare(a.place(), b.place()))
        .map(CsvColumn::name)
        .toList();
  }

  private List<Categories> of(CsvColumn.Role role) {
    Categories[] found = new Categories[count(role)];
    for (int c = 0; c < columns.size(); c++) {
      if (columns.get(c).role() == role) {
        found[columns.get(c).place()] = categories.get(c);
      }
    }
    return List.of(found);
  }
}
