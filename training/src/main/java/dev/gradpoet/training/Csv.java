package dev.gradpoet.training;

import dev.gradpoet.DType;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Reads a data set from a CSV file (RFC 4180, UTF-8, also compressed by gzip). Columns have the names of the header or, without one, those of
 * {@link #header(String...)}, or their numbers from 0: {@code "0"}, {@code "1"}, ...
 *
 * <pre>{@code
 * Dataset passengers = Csv.of(path).features("age", "fare").oneHot("port").classes("survived").missing(Missing.skipRow()).read();
 * }</pre>
 *
 * <p>{@code features} and {@code oneHot} columns form one dense input, in this order; {@link #indices} columns form an input of indices after it.
 * Without {@code features}, every column that no other method names is one. Memory is at most twice that of the data while the file is read. An
 * immutable value: each method with a parameter returns a new one.
 */
public final class Csv {

  private static final Set<String> MARKERS = Set.of("", "NA", "N/A", "NaN", "nan", "null", "NULL");

  /** Opens the file. */
  private interface Source {
    InputStream open() throws IOException;
  }

  private final String name;
  private final Source source;
  private boolean header = true;
  private List<String> names = List.of();
  private int skippedLines;
  private char separator = ',';
  private char quote = '"';
  private char decimalPoint = '.';
  private List<String> features = List.of();
  private List<String> oneHot = List.of();
  private List<String> indices = List.of();
  private List<String> ignored = List.of();
  private String classColumn;
  private List<String> targets = List.of();
  private Map<String, Vocabulary> vocabularies = Map.of();
  private Missing missing = Missing.error();
  private Set<String> missingMarkers = MARKERS;
  private DType dtype = DType.FLOAT32;

  private Csv(String name, Source source) {
    this.name = name;
    this.source = source;
  }

  private Csv(Csv that) {
    this(that.name, that.source);
    header = that.header;
    names = that.names;
    skippedLines = that.skippedLines;
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
  }

  /** A file; it is decompressed if its name ends with {@code .gz}. */
  public static Csv of(Path path) {
    boolean compressed = Objects.requireNonNull(path, "path").toString().endsWith(".gz");
    return new Csv(path.toString(), () -> {
      InputStream file = Files.newInputStream(path);
      return compressed ? decompressed(file) : file;
    });
  }

  private static InputStream decompressed(InputStream file) throws IOException {
    try {
      return new BufferedInputStream(new GZIPInputStream(file, 1 << 16));
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /**
   * A resource beside a class, such as {@code Csv.resource(Iris.class, "iris.csv")}; it is decompressed if its name ends with {@code .gz}.
   *
   * @param type a class in the package of the resource
   */
  public static Csv resource(Class<?> type, String resource) {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(resource, "resource");
    return new Csv(resource, () -> {
      InputStream stream = type.getResourceAsStream(resource);
      if (stream == null) {
        throw new IOException("it is not on the class path beside " + type.getName());
      }
      return resource.endsWith(".gz") ? decompressed(stream) : stream;
    });
  }

  /** Whether the first line that is not skipped holds the names of the columns: true by default. */
  public Csv header(boolean present) {
    Csv csv = new Csv(this);
    csv.header = present;
    return csv;
  }

  /** The file has no header, and its columns have these names. */
  public Csv header(String... names) {
    Csv csv = new Csv(this);
    csv.header = false;
    csv.names = List.of(names);
    return csv;
  }

  /**
   * Skips this number of lines at the start of the file.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public Csv skipLines(int lines) {
    if (lines < 0) {
      throw new IllegalArgumentException(lines + " lines to skip, expected at least 0");
    }
    Csv csv = new Csv(this);
    csv.skippedLines = lines;
    return csv;
  }

  /**
   * The character between cells: a comma by default.
   *
   * @throws IllegalArgumentException if it is not an ASCII character, or is a line end
   */
  public Csv separator(char character) {
    Csv csv = new Csv(this);
    csv.separator = ascii("separator", character);
    return csv;
  }

  /**
   * The character around cells that contain separators or line ends: a double quote by default.
   *
   * @throws IllegalArgumentException if it is not an ASCII character, or is a line end
   */
  public Csv quote(char character) {
    Csv csv = new Csv(this);
    csv.quote = ascii("quote", character);
    return csv;
  }

  /**
   * The character before the decimals of a number: a point by default.
   *
   * @throws IllegalArgumentException if it is not an ASCII character, or is a line end
   */
  public Csv decimalPoint(char character) {
    Csv csv = new Csv(this);
    csv.decimalPoint = ascii("decimal point", character);
    return csv;
  }

  private static char ascii(String what, char character) {
    if (character > '~' || character == '\n' || character == '\r') {
      throw new IllegalArgumentException("the " + what + " is the character " + (int) character
          + ", expected an ASCII character that is not a line end");
    }
    return character;
  }

  /** Numbers that are inputs, in this order. */
  public Csv features(String... columns) {
    Csv csv = new Csv(this);
    csv.features = List.of(columns);
    return csv;
  }

  /** Categories that are inputs, each as one value for each of its names: 1 for the name of the row, 0 for the others. */
  public Csv oneHot(String... columns) {
    Csv csv = new Csv(this);
    csv.oneHot = List.of(columns);
    return csv;
  }

  /** Categories that form an input of indices, for an embedding. */
  public Csv indices(String... columns) {
    Csv csv = new Csv(this);
    csv.indices = List.of(columns);
    return csv;
  }

  /** Columns that are not read. */
  public Csv ignore(String... columns) {
    Csv csv = new Csv(this);
    csv.ignored = List.of(columns);
    return csv;
  }

  /** The column with the class of each row. */
  public Csv classes(String column) {
    Csv csv = new Csv(this);
    csv.classColumn = Objects.requireNonNull(column, "column");
    return csv;
  }

  /** Numbers that are dense targets, in this order. */
  public Csv targets(String... columns) {
    Csv csv = new Csv(this);
    csv.targets = List.of(columns);
    return csv;
  }

  /**
   * The names of a column of categories or classes, such as those of the training data, so that other files get the same indices; another name in the
   * file is an error. Without it the names are those of the file, sorted, by value if all are integers.
   */
  public Csv vocabulary(String column, Vocabulary vocabulary) {
    Csv csv = new Csv(this);
    Map<String, Vocabulary> all = new LinkedHashMap<>(vocabularies);
    all.put(
        Objects.requireNonNull(column, "column"), Objects.requireNonNull(vocabulary, "vocabulary"));
    csv.vocabularies = Map.copyOf(all);
    return csv;
  }

  /** What to do about missing values: an error by default. */
  public Csv missing(Missing rule) {
    Csv csv = new Csv(this);
    csv.missing = Objects.requireNonNull(rule, "rule");
    return csv;
  }

  /** Cells that stand for a missing value: by default an empty one, {@code NA}, {@code N/A}, {@code NaN}, {@code nan}, {@code null} and {@code NULL}. */
  public Csv missingMarkers(String... markers) {
    Csv csv = new Csv(this);
    csv.missingMarkers = Set.of(markers);
    return csv;
  }

  /**
   * The type of the numbers, that of the network: {@code FLOAT32} by default. A number is read as the nearest {@code double}, then rounded.
   *
   * @throws IllegalArgumentException if it is {@code INT64}
   */
  public Csv dtype(DType type) {
    if (Objects.requireNonNull(type, "type") == DType.INT64) {
      throw new IllegalArgumentException(
          "the type of numbers is INT64, expected FLOAT32 or FLOAT64");
    }
    Csv csv = new Csv(this);
    csv.dtype = type;
    return csv;
  }

  /**
   * Reads the file.
   *
   * @throws IOException if it cannot be read, a column is missing or named twice, a row has another number of cells, or a cell is missing or
   *     malformed; the message names the file, the line and the column
   * @throws IllegalArgumentException if no column is the target, or columns are both classes and targets
   */
  public Dataset read() throws IOException {
    if (classColumn == null && targets.isEmpty()) {
      throw new IllegalArgumentException(
          name + " is read without a target: call classes(column) or targets(columns)");
    }
    if (classColumn != null && !targets.isEmpty()) {
      throw new IllegalArgumentException(name + " is read with the classes " + classColumn
          + " and the targets " + targets + ", expected one of them");
    }
    try (InputStream stream = source.open()) {
      return new CsvReading(this, stream).read();
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.toString() : e.getMessage();
      throw new IOException(why.startsWith(name) ? why : name + ": " + why, e);
    }
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
    Map<String, CsvColumn> roles = new LinkedHashMap<>();
    add(roles, names, features, CsvColumn.Role.FEATURE);
    add(roles, names, oneHot, CsvColumn.Role.ONE_HOT);
    add(roles, names, indices, CsvColumn.Role.INDEX);
    add(roles, names, targets, CsvColumn.Role.TARGET);
    add(roles, names, classColumn == null ? List.of() : List.of(classColumn), CsvColumn.Role.CLASS);
    add(roles, names, ignored, CsvColumn.Role.NONE);
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
        columns.add(new CsvColumn(column, CsvColumn.Role.FEATURE, place++, null));
      } else {
        columns.add(new CsvColumn(column, CsvColumn.Role.NONE, 0, null));
      }
    }
    return columns;
  }

  private void add(
      Map<String, CsvColumn> roles, List<String> names, List<String> columns, CsvColumn.Role role)
      throws IOException {
    for (int i = 0; i < columns.size(); i++) {
      String column = columns.get(i);
      if (!names.contains(column)) {
        throw new IOException("there is no column \"" + column + "\", expected one of " + names);
      }
      if (names.indexOf(column) != names.lastIndexOf(column)) {
        throw new IOException("there are several columns \"" + column + "\", expected one");
      }
      if (roles.put(column, new CsvColumn(column, role, i, vocabularies.get(column))) != null) {
        throw new IOException("the column \"" + column + "\" is named twice, expected once");
      }
    }
  }
}
