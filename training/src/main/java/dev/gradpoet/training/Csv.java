package dev.gradpoet.training;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.files.FileErrors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Reads a data set from a CSV file (RFC 4180, optionally compressed with gzip) with Apache Commons CSV. Columns have the names of the header or, without one, those of
 * {@link #header(String...)}, or their numbers from 0: {@code "0"}, {@code "1"}, ...
 *
 * <pre>{@code
 * Dataset passengers = Csv.of(path).features("age", "fare").oneHot("port").classes("survived").missing(Missing.skipRow()).read();
 * }</pre>
 *
 * <p>{@code features} and {@code oneHot} columns form one dense input, in this order; {@link #indices} columns form an input of indices after it.
 * Without {@code features}, every column that no other method names is a feature. Reading takes at most twice the memory of the data. An
 * immutable value: each method with a parameter returns a new one.
 */
public final class Csv {

  private final CsvOptions options;

  private Csv(CsvOptions options) {
    this.options = options;
  }

  /** A file; it is decompressed if its name ends with {@code .gz}. */
  public static Csv of(Path path) {
    boolean compressed =
        GzipFile.isCompressed(Objects.requireNonNull(path, "path").toString());
    return new Csv(new CsvOptions(path.toString(), () -> {
      InputStream file = FileErrors.open(path);
      return compressed ? GzipFile.of(file) : file;
    }));
  }

  /**
   * A resource beside a class, such as {@code Csv.resource(Iris.class, "iris.csv")}; it is decompressed if its name ends with {@code .gz}.
   *
   * @param type a class in the package of the resource
   */
  public static Csv resource(Class<?> type, String resource) {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(resource, "resource");
    return new Csv(new CsvOptions(resource, () -> {
      InputStream stream = type.getResourceAsStream(resource);
      if (stream == null) {
        throw new IOException("it is not on the class path beside " + type.getName());
      }
      return GzipFile.isCompressed(resource) ? GzipFile.of(stream) : stream;
    }));
  }

  /** Whether the first line that is not skipped holds the names of the columns: true by default. */
  public Csv header(boolean present) {
    CsvOptions changed = new CsvOptions(options);
    changed.header = present;
    return new Csv(changed);
  }

  /** The file has no header, and its columns have these names. */
  public Csv header(String... names) {
    CsvOptions changed = new CsvOptions(options);
    changed.header = false;
    changed.names = List.of(names);
    return new Csv(changed);
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
    CsvOptions changed = new CsvOptions(options);
    changed.skippedLines = lines;
    return new Csv(changed);
  }

  /** The encoding of the file: UTF-8 by default. */
  public Csv charset(Charset charset) {
    CsvOptions changed = new CsvOptions(options);
    changed.charset = Objects.requireNonNull(charset, "charset");
    return new Csv(changed);
  }

  /**
   * The character between cells: a comma by default.
   *
   * @throws IllegalArgumentException if it is not an ASCII character, or is a line end
   */
  public Csv separator(char character) {
    CsvOptions changed = new CsvOptions(options);
    changed.separator = ascii("separator", character);
    return new Csv(changed);
  }

  /**
   * The character around cells that contain separators or line ends: a double quote by default.
   *
   * @throws IllegalArgumentException if it is not an ASCII character, or is a line end
   */
  public Csv quote(char character) {
    CsvOptions changed = new CsvOptions(options);
    changed.quote = ascii("quote", character);
    return new Csv(changed);
  }

  /**
   * The decimal separator of numbers: a point by default.
   *
   * @throws IllegalArgumentException if it is not an ASCII character, or is a line end
   */
  public Csv decimalPoint(char character) {
    CsvOptions changed = new CsvOptions(options);
    changed.decimalPoint = ascii("decimal point", character);
    return new Csv(changed);
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
    CsvOptions changed = new CsvOptions(options);
    changed.features = List.of(columns);
    return new Csv(changed);
  }

  /** Categories that are inputs, each as one value for each of its names: 1 for the name of the row, 0 for the others. */
  public Csv oneHot(String... columns) {
    CsvOptions changed = new CsvOptions(options);
    changed.oneHot = List.of(columns);
    return new Csv(changed);
  }

  /** Categories that form an input of indices, for an embedding. */
  public Csv indices(String... columns) {
    CsvOptions changed = new CsvOptions(options);
    changed.indices = List.of(columns);
    return new Csv(changed);
  }

  /** Columns that are not read. */
  public Csv ignore(String... columns) {
    CsvOptions changed = new CsvOptions(options);
    changed.ignored = List.of(columns);
    return new Csv(changed);
  }

  /** The column with the class of each row. */
  public Csv classes(String column) {
    CsvOptions changed = new CsvOptions(options);
    changed.classColumn = Objects.requireNonNull(column, "column");
    return new Csv(changed);
  }

  /** Numbers that are dense targets, in this order. */
  public Csv targets(String... columns) {
    CsvOptions changed = new CsvOptions(options);
    changed.targets = List.of(columns);
    return new Csv(changed);
  }

  /**
   * The names of a column of categories or classes, such as those of the training data, so that other files get the same indices; another name in the
   * file is an error. Without it the names are those of the file, sorted, by value if all are integers.
   */
  public Csv vocabulary(String column, Vocabulary vocabulary) {
    CsvOptions changed = new CsvOptions(options);
    Map<String, Vocabulary> all = new LinkedHashMap<>(options.vocabularies);
    all.put(
        Objects.requireNonNull(column, "column"), Objects.requireNonNull(vocabulary, "vocabulary"));
    changed.vocabularies = Map.copyOf(all);
    return new Csv(changed);
  }

  /** How missing values are handled: as an error by default. */
  public Csv missing(Missing rule) {
    CsvOptions changed = new CsvOptions(options);
    changed.missing = Objects.requireNonNull(rule, "rule");
    return new Csv(changed);
  }

  /** Cells that stand for a missing value, compared as text; numbers such as {@code -999} are allowed ({@code -999.0} is then not missing). By default: an empty one, {@code NA}, {@code N/A}, {@code NaN}, {@code nan}, {@code null} and {@code NULL}. */
  public Csv missingMarkers(String... markers) {
    CsvOptions changed = new CsvOptions(options);
    changed.missingMarkers = Set.of(markers);
    return new Csv(changed);
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
    CsvOptions changed = new CsvOptions(options);
    changed.dtype = type;
    return new Csv(changed);
  }

  /**
   * Reads the file.
   *
   * @throws IOException if it cannot be read, has another encoding, a column is missing or named twice, a row has another number of cells, a cell is missing or
   *     malformed, or there are more values than an array holds; the message names the file, the line and the column
   * @throws IllegalArgumentException if no column is the target, columns are both classes and targets, or the separator is the quote
   */
  public Dataset read() throws IOException {
    String name = options.name;
    if (options.classColumn == null && options.targets.isEmpty()) {
      throw new IllegalArgumentException(
          name + " is read without a target: call classes(column) or targets(columns)");
    }
    if (options.classColumn != null && !options.targets.isEmpty()) {
      throw new IllegalArgumentException(name + " is read with the classes " + options.classColumn
          + " and the targets " + options.targets + ", expected one of them");
    }
    if (options.separator == options.quote) {
      throw new IllegalArgumentException("the separator and the quote are both " + options.quote
          + ", expected different characters");
    }
    try (InputStream stream = options.source.open()) {
      return new CsvReading(options, stream).read();
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.toString() : e.getMessage();
      throw new IOException(why.startsWith(name) ? why : name + ": " + why, e);
    }
  }
}
