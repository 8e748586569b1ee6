package dev.gradpoet.samples.digits;

import dev.gradpoet.training.Csv;
import dev.gradpoet.training.Dataset;
import dev.gradpoet.training.DatasetBuilder;
import java.io.IOException;

/** The images of digits, from 0 (paper) to 1 (ink), 64 pixels each, row by row. */
final class DigitsFile {

  static final int SIDE = 8;

  private static final String LABEL = Integer.toString(SIDE * SIDE);
  private static final int INK = 16;

  private DigitsFile() {}

  /**
   * The 1797 images of the UCI Machine Learning Repository, DOI 10.24432/C50P49.
   *
   * @throws IOException if the file is missing or malformed
   */
  static Dataset load() throws IOException {
    Dataset file = Csv.resource(DigitsFile.class, "digits.csv.gz")
        .header(false)
        .classes(LABEL)
        .read();
    float[] pixels = file.input(0).toFloatArray();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] /= INK;
    }
    return DatasetBuilder.of(file.size())
        .input("pixels", pixels, SIDE, SIDE)
        .classes(file.target().toIntArray())
        .build();
  }
}
