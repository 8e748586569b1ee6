package dev.gradpoet.onnx.fold;

/** Writes the floats of models as the decimal numbers that were meant. */
final class Decimal {

  private Decimal() {}

  /** The shortest decimal number that rounds to the same float. */
  static double of(double value) {
    return Double.parseDouble(Float.toString((float) value));
  }
}
