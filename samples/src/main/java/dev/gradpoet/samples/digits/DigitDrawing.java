package dev.gradpoet.samples.digits;

import java.util.Locale;

/** Draws an image in the terminal, next to a bar for the probability of each digit. */
final class DigitDrawing {

  private static final String SHADES = " .:-=+*#%@";
  private static final int BAR = 30;

  private DigitDrawing() {}

  /**
   * Ten lines, one for each digit; the image takes the first eight.
   *
   * @param pixels the 64 pixels, from 0 to 1
   * @param probabilities the probabilities of the ten digits
   * @param label the digit that the image shows
   */
  static String draw(float[] pixels, float[] probabilities, int label) {
    StringBuilder text = new StringBuilder();
    for (int digit = 0; digit < probabilities.length; digit++) {
      for (int column = 0; column < DigitsFile.SIDE; column++) {
        // A character is twice as high as wide.
        String shade =
            digit < DigitsFile.SIDE ? shade(pixels[digit * DigitsFile.SIDE + column]) : " ";
        text.append(shade).append(shade);
      }
      String bar = "#".repeat(Math.round(probabilities[digit] * BAR));
      String line = String.format(
          Locale.ROOT,
          "   %d %6.4f %-" + BAR + "s %s",
          digit,
          probabilities[digit],
          bar,
          digit == label ? "<- the digit" : "");
      text.append(line.stripTrailing()).append(System.lineSeparator());
    }
    return text.toString();
  }

  private static String shade(float ink) {
    int index = Math.min(SHADES.length() - 1, (int) (ink * SHADES.length()));
    return SHADES.substring(index, index + 1);
  }
}
