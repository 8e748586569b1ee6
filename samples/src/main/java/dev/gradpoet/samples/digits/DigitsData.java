package dev.gradpoet.samples.digits;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Images of digits, with the digit that each shows.
 *
 * @param pixels 64 for each image, row by row, from 0 (paper) to 1 (ink)
 * @param labels the digits, 0 to 9
 */
record DigitsData(float[] pixels, int[] labels) {

  static final int SIDE = 8;
  static final int PIXELS = SIDE * SIDE;
  static final int CLASSES = 10;

  private static final String FILE = "digits.csv.gz";
  private static final int INK = 16;

  /**
   * The 1797 images of the UCI Machine Learning Repository, DOI 10.24432/C50P49.
   *
   * @throws IOException if the file is missing or a line of it is not 64 pixels and a digit
   */
  static DigitsData load() throws IOException {
    try (InputStream file = DigitsData.class.getResourceAsStream(FILE)) {
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
   * @throws IOException if a line is none
   */
  static DigitsData parse(List<String> lines) throws IOException {
    DigitsData data = new DigitsData(new float[lines.size() * PIXELS], new int[lines.size()]);
    for (int row = 0; row < lines.size(); row++) {
      String[] cells = lines.get(row).split(",", -1);
      if (cells.length != PIXELS + 1) {
        throw new IOException(FILE + " line " + (row + 1) + " has " + cells.length
            + " values, expected 64 pixels and a digit");
      }
      for (int pixel = 0; pixel < PIXELS; pixel++) {
        data.pixels[row * PIXELS + pixel] = number(cells[pixel], INK, row) / (float) INK;
      }
      data.labels[row] = number(cells[PIXELS], CLASSES - 1, row);
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
      // said below, as for a number out of range
    }
    throw new IOException(FILE + " line " + (row + 1) + " has \"" + cell
        + "\", expected a number from 0 to " + largest);
  }

  int size() {
    return labels.length;
  }

  /** The pixels of one image. */
  float[] image(int index) {
    float[] image = new float[PIXELS];
    System.arraycopy(pixels, index * PIXELS, image, 0, PIXELS);
    return image;
  }

  /** The images at some places, {@code order[from]} to {@code order[to - 1]}. */
  DigitsData select(int[] order, int from, int to) {
    DigitsData selected = new DigitsData(new float[(to - from) * PIXELS], new int[to - from]);
    copy(order, from, to, selected);
    return selected;
  }

  /** Writes the images at {@code order[from]} to {@code order[to - 1]} to the start of others. */
  void copy(int[] order, int from, int to, DigitsData target) {
    for (int i = from; i < to; i++) {
      System.arraycopy(pixels, order[i] * PIXELS, target.pixels, (i - from) * PIXELS, PIXELS);
      target.labels[i - from] = labels[order[i]];
    }
  }
}
