package dev.gradpoet.processor.conformance;

import dev.gradpoet.DType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A line of a table of {@code resources/edges}.
 *
 * @param function the activation or loss
 * @param options as in a declaration, or nothing
 * @param numbers the columns behind them
 */
record EdgeCase(DType dtype, String function, String options, List<String> numbers) {

  /** The lines of a table by function, its options and the dtype. */
  static Map<EdgeCase, List<EdgeCase>> read(String table) {
    try (InputStream in = EdgeCase.class.getResourceAsStream("/edges/" + table)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .map(EdgeCase::parse)
          .collect(
              Collectors.groupingBy(EdgeCase::network, LinkedHashMap::new, Collectors.toList()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EdgeCase parse(String line) {
    List<String> columns = List.of(line.split("; ", -1));
    return new EdgeCase(
        DType.valueOf(columns.get(0).toUpperCase(Locale.ROOT)),
        columns.get(1),
        columns.get(2),
        columns.subList(3, columns.size()));
  }

  private EdgeCase network() {
    return new EdgeCase(dtype, function, options, List.of());
  }

  /** A column that holds one number. */
  double number(int column) {
    return number(numbers.get(column));
  }

  /** A column that holds numbers with spaces between them. */
  double[] row(int column) {
    return Arrays.stream(numbers.get(column).split(" "))
        .mapToDouble(this::number)
        .toArray();
  }

  private double number(String text) {
    double value = Double.parseDouble(text);
    return dtype == DType.FLOAT32 ? (float) value : value;
  }

  /** Whether a number is what a column says, or one of the two that it says. */
  boolean agrees(int column, double actual, boolean tiny) {
    return Arrays.stream(numbers.get(column).split("\\|"))
        .mapToDouble(this::number)
        .anyMatch(expected -> near(expected, actual, tiny));
  }

  /** The rounding of PyTorch's own functions; where all is tiny, of what is tiny. */
  boolean near(double expected, double actual, boolean tiny) {
    if (expected == actual || Double.isNaN(expected) && Double.isNaN(actual)) {
      return true;
    }
    boolean single = dtype == DType.FLOAT32;
    double least = single ? 2 * Float.MIN_VALUE : 2 * Double.MIN_VALUE;
    double absolute = tiny ? least : single ? 2e-7 : 1e-15;
    double relative = single ? 2e-5 : 1e-7;
    return Math.abs(expected - actual) <= absolute + relative * Math.abs(expected);
  }

  /** Whether its derivative is a sign. */
  boolean isOfSign() {
    return function.equals("L1") || function.equals("SMOOTH_L1") && options.equals("beta=0.0");
  }

  @Override
  public String toString() {
    return dtype + " " + function + "(" + options + ")" + numbers;
  }
}
