package dev.gradpoet.samples.digits;

import java.io.IOException;

/** Trains a convolutional classifier of digits and shows what it has learned. The argument is the seed, 0 if there is none. */
public final class DigitImagesSample {

  private DigitImagesSample() {}

  /**
   * Trains the classifier and shows the results.
   *
   * @param args the seed, an integer; 0 if there is none
   * @throws IOException if the images cannot be read
   * @throws IllegalArgumentException if the seed is not an integer
   */
  public static void main(String[] args) throws IOException {
    DigitsSample.run(DigitsTask.IMAGES, DigitsSample.seed(args));
  }
}
