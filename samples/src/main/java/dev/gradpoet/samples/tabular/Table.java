package dev.gradpoet.samples.tabular;

import dev.gradpoet.samples.learning.Dataset;
import dev.gradpoet.samples.learning.Split;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A table of measurements with the class of each row.
 *
 * @param measures the measurements, row by row
 * @param labels the class of each row
 * @param classes the names of the classes
 */
record Table(double[][] measures, int[] labels, List<String> classes) {

  /**
   * Reads a table from the class path.
   *
   * @throws IOException if it is missing or malformed
   */
  static Table load(String file) throws IOException {
    try (InputStream in = Table.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException(file + " is not on the class path: build the samples with Maven");
      }
      return parse(
          file,
          new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))
              .lines()
              .toList());
    }
  }

  /**
   * Reads a line with the number of rows, the number of features, and the names of the classes; then one line per row, with its class last.
   *
   * @throws IOException if the lines do not have this form
   */
  static Table parse(String file, List<String> lines) throws IOException {
    String[] head = cells(lines, 0);
    int rows = number(file, 1, head[0]);
    int width = head.length < 2 ? 0 : number(file, 1, head[1]);
    if (rows != lines.size() - 1 || width < 1) {
      throw new IOException(file + " has " + (lines.size() - 1) + " rows of " + width
          + " features, expected " + rows + " rows, as its first line says");
    }
    List<String> classes = List.of(head).subList(2, head.length);
    Table table = new Table(new double[rows][width], new int[rows], classes);
    for (int r = 0; r < rows; r++) {
      String[] cells = cells(lines, r + 1);
      if (cells.length != width + 1) {
        throw new IOException(file + " line " + (r + 2) + " has " + cells.length
            + " values, expected " + (width + 1) + ": " + width + " features and a class");
      }
      for (int i = 0; i < width; i++) {
        table.measures[r][i] = measure(file, r + 2, cells[i]);
      }
      table.labels[r] = number(file, r + 2, cells[width]);
      if (table.labels[r] < 0 || table.labels[r] >= classes.size()) {
        throw new IOException(file + " line " + (r + 2) + " has the class " + table.labels[r]
            + ", expected 0 to " + (classes.size() - 1));
      }
    }
    return table;
  }

  private static String[] cells(List<String> lines, int line) {
    return lines.isEmpty() ? new String[] {""} : lines.get(line).split(",", -1);
  }

  private static int number(String file, int line, String cell) throws IOException {
    try {
      return Integer.parseInt(cell);
    } catch (NumberFormatException e) {
      throw new IOException(
          file + " line " + line + " has \"" + cell + "\", expected an integer", e);
    }
  }

  private static double measure(String file, int line, String cell) throws IOException {
    try {
      return Double.parseDouble(cell);
    } catch (NumberFormatException e) {
      throw new IOException(file + " line " + line + " has \"" + cell + "\", expected a number", e);
    }
  }

  /**
   * The rows, split by a seed and standardized: the mean of the training rows is subtracted, and the result is divided by their population standard
   * deviation.
   *
   * @param train the number of training rows
   */
  Split split(long seed, int train) {
    int rows = labels.length;
    int width = measures[0].length;
    int[] order = Split.order(seed, rows);
    Dataset all = new Dataset(width, new float[rows * width], labels);
    for (int i = 0; i < width; i++) {
      double mean = 0;
      for (int r = 0; r < train; r++) {
        mean += measures[order[r]][i];
      }
      mean /= train;
      double variance = 0;
      for (int r = 0; r < train; r++) {
        double distance = measures[order[r]][i] - mean;
        variance += distance * distance;
      }
      double deviation = Math.sqrt(variance / train);
      for (int r = 0; r < rows; r++) {
        all.features()[r * width + i] = (float) ((measures[r][i] - mean) / deviation);
      }
    }
    return new Split(all.select(order, 0, train), all.select(order, train, rows));
  }
}
