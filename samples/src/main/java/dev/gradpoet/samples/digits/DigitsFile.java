package dev.gradpoet.samples.digits;

import dev.gradpoet.samples.learning.Dataset;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The images of digits, from 0 (paper) to 1 (ink), 64 pixels each, row by row. */
final class DigitsFile {

  static final int SIDE = 8;

  private static final int PIXELS = SIDE * SIDE;
  private static final int CLASSES = 10;
  private static final String FILE = "digits.csv.gz";
  private static final int INK = 16;

  private DigitsFile() {}

  /**
   * The 1797 images of the UCI Machine Learning Repository, DOI 10.24432/C50P49.
   *
   * @throws IOException if the file is missing, or a line does not consist of 64 pixels and a digit
   */
  static Dataset load() throws IOException {
    try (InputStream file = DigitsFile.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IOException(FILE + " is not on the class path: build the samples with Maven");
      }
      return parse(new BufferedReader(
              new InputStreamReader(new GZIPInputStream(file), StandardCharsets.US_ASCII))
          .lines()
          .toList());
    }
  }

  /**
   * Reads comma-separated lines of 64 pixels, 0 to 16, and a digit.
   *
   * @throws IOException if a line is malformed
   */
  static Dataset parse(List<String> lines) throws IOException {
    Dataset data = new Dataset(PIXELS, new float[lines.size() * PIXELS], new int[lines.size()]);
    for (int row = 0; row < lines.size(); row++) {
      String[] cells = lines.get(row).split(",", -1);
      if (cells.length != PIXELS + 1) {
        throw new IOException(FILE + " line " + (row + 1) + " has " + cells.length
            + " values, expected 64 pixels and a digit");
      }
      for (int pixel = 0; pixel < PIXELS; pixel++) {
        data.features()[row * PIXELS + pixel] = number(cells[pixel], INK, row) / (float) INK;
      }
      data.labels()[row] = number(cells[PIXELS], CLASSES - 1, row);
    }
    return data;
  }

  private static int number(String cell, int largest, int row) throws IOException {
    try {
      int number = Integer.parseInt(cell);
      if (number >= 0 && number <= largest) {
        return number;
      }
    } catch (NumberFormatException e) {
      // reported below, like a number out of range
    }
    throw new IOException(FILE + " line " + (row + 1) + " has \"" + cell
        + "\", expected a number from 0 to " + largest);
  }
}
