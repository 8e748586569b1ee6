package dev.gradpoet.training.csv;

/** Reads decimal numbers by {@link Double#parseDouble}, which also takes what is none in a file of data: {@code NaN}, {@code 0x1p3}, {@code 1f}. */
public final class DecimalParser {

  private final char point;

  /**
   * A parser.
   *
   * @param point between the integer and the fraction, such as a point or a comma
   */
  public DecimalParser(char point) {
    this.point = point;
  }

  /** The number of a cell; NaN if it is not a finite one. */
  public double parse(String cell) {
    if (cell.isEmpty()) {
      return Double.NaN;
    }
    for (int i = 0; i < cell.length(); i++) {
      if (!isOfNumber(cell.charAt(i))) {
        return Double.NaN;
      }
    }
    try {
      double value = Double.parseDouble(point == '.' ? cell : cell.replace(point, '.'));
      return Double.isFinite(value) ? value : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private boolean isOfNumber(char c) {
    return c >= '0' && c <= '9' || c == point || c == '-' || c == '+' || c == 'e' || c == 'E';
  }
}
