package dev.gradpoet.training;

import dev.gradpoet.DType;
import dev.gradpoet.training.csv.CsvCells;
import dev.gradpoet.training.csv.DecimalParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One pass over a CSV file: its numbers and categories are collected in primitive arrays and become a data set. */
final class CsvReading {

  private final CsvOptions csv;
  private final CsvCells cells;
  private final DecimalParser numbers;
  private List<CsvColumn> columns;
  private Rows features;
  private Rows targets;
  private final List<Categories> categories = new ArrayList<>();
  private int rows;

  CsvReading(CsvOptions csv, InputStream stream) throws IOException {
    this.csv = csv;
    this.cells = new CsvCells(stream, csv.separator(), csv.quote());
    this.numbers = new DecimalParser(csv.decimalPoint());
  }

  Dataset read() throws IOException {
    cells.skipLines(csv.skippedLines());
    if (csv.header()) {
      start(cells.nextLine());
    }
    while (cells.startLine()) {
      if (columns == null) {
        startWithoutHeader();
      } else {
        readRow();
      }
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
      throw new IOException(
          "no column is an input, the columns are " + names + ": call features, oneHot or indices");
    }
  }

  /** The first row tells the number of columns, so its cells are read as strings. */
  private void startWithoutHeader() throws IOException {
    List<String> first = cells.nextLine();
    start(csv.names(first.size()));
    boolean complete = true;
    for (int c = 0; c < first.size() && complete; c++) {
      byte[] bytes = first.get(c).getBytes(StandardCharsets.UTF_8);
      complete = readCell(c, bytes, bytes.length, first.get(c));
    }
    endRow(complete);
  }

  private void readRow() throws IOException {
    boolean complete = true;
    int c = 0;
    CsvCells.End end = CsvCells.End.CELL;
    while (end == CsvCells.End.CELL) {
      end = cells.nextCell();
      if (c < columns.size() && complete) {
        complete = readCell(c, cells.bytes(), cells.length(), null);
      }
      c++;
    }
    if (c != columns.size()) {
      throw new IOException("line " + cells.line() + " has " + c + " cells, expected "
          + columns.size() + ", one for each column");
    }
    endRow(complete);
  }

  private void endRow(boolean complete) {
    if (complete) {
      features.keep();
      targets.keep();
      for (Categories each : categories) {
        if (each != null) {
          each.keep();
        }
      }
      rows++;
    }
  }

  /** Reads a cell; false if it is missing and its row is to be skipped. */
  private boolean readCell(int c, byte[] bytes, int length, String known) throws IOException {
    CsvColumn column = columns.get(c);
    CsvColumn.Role role = column.role();
    if (role == CsvColumn.Role.NONE) {
      return true;
    }
    if (role.isCategory()) {
      String text = known == null ? cells.text() : known;
      if (csv.isMissing(text)) {
        return missing(column, text, false);
      }
      if (!categories.get(c).set(text)) {
        throw at(column, "\"" + text + "\", expected one of " + column.vocabulary());
      }
      return true;
    }
    double value = numbers.parse(bytes, length);
    if (Double.isNaN(value)) {
      String text = known == null ? cells.text() : known;
      if (!csv.isMissing(text)) {
        throw at(column, "\"" + text + "\", expected a finite number");
      }
      if (!missing(column, text, true)) {
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

  private Dataset dataset() {
    DatasetBuilder data = DatasetBuilder.of(rows);
    List<Categories> oneHot = of(CsvColumn.Role.ONE_HOT);
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
