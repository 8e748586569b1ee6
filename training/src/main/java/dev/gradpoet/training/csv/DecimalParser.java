package dev.gradpoet.training.csv;

import java.nio.charset.StandardCharsets;

/**
 * Reads decimal numbers from bytes: the value of {@link Double#parseDouble}, without a string for the usual lengths.
 *
 * <p>A number of at most 15 digits times or divided by a power of ten up to 22 is exact in {@code double} arithmetic (W. D. Clinger, How to Read
 * Floating Point Numbers Accurately, 1990). Other numbers are read by {@code parseDouble}.
 */
public final class DecimalParser {

  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };
  private static final int EXACT_DIGITS = 15;
  private static final int LARGEST_EXPONENT = 9999;

  private final char point;

  /**
   * A parser.
   *
   * @param point between the integer and the fraction, such as a point or a comma
   */
  public DecimalParser(char point) {
    this.point = point;
  }

  /** The number in the first bytes, spaces around it ignored; NaN if they are not a finite number. */
  public double parse(byte[] bytes, int length) {
    int at = 0;
    int end = length;
    while (at < end && bytes[at] == ' ') {
      at++;
    }
    while (end > at && bytes[end - 1] == ' ') {
      end--;
    }
    int start = at;
    boolean negative = at < end && bytes[at] == '-';
    if (at < end && (negative || bytes[at] == '+')) {
      at++;
    }
    long digits = 0;
    int count = 0;
    int significant = 0;
    int exponent = 0;
    boolean fraction = false;
    for (; at < end; at++) {
      int c = bytes[at];
      if (c >= '0' && c <= '9') {
        count++;
        if (significant > 0 || c != '0') {
          significant++;
        }
        if (significant <= EXACT_DIGITS) {
          digits = 10 * digits + c - '0';
        }
        exponent -= fraction ? 1 : 0;
      } else if (c == point && !fraction) {
        fraction = true;
      } else {
        break;
      }
    }
    if (count == 0) {
      return Double.NaN;
    }
    if (at < end) {
      if (bytes[at] != 'e' && bytes[at] != 'E') {
        return Double.NaN;
      }
      int written = exponent(bytes, at + 1, end);
      if (written == Integer.MIN_VALUE) {
        return Double.NaN;
      }
      exponent += written;
    }
    if (significant > EXACT_DIGITS || Math.abs(exponent) >= POWERS.length) {
      return slow(bytes, start, end);
    }
    double value = exponent < 0 ? digits / POWERS[-exponent] : digits * POWERS[exponent];
    return negative ? -value : value;
  }

  /** The exponent, limited to a size beyond which every number is 0 or infinite; {@code MIN_VALUE} if it is malformed. */
  private static int exponent(byte[] bytes, int from, int end) {
    int at = from;
    boolean negative = at < end && bytes[at] == '-';
    if (at < end && (negative || bytes[at] == '+')) {
      at++;
    }
    if (at == end) {
      return Integer.MIN_VALUE;
    }
    int exponent = 0;
    for (; at < end; at++) {
      if (bytes[at] < '0' || bytes[at] > '9') {
        return Integer.MIN_VALUE;
      }
      exponent = Math.min(LARGEST_EXPONENT, 10 * exponent + bytes[at] - '0');
    }
    return negative ? -exponent : exponent;
  }

  private double slow(byte[] bytes, int start, int end) {
    String text = new String(bytes, start, end - start, StandardCharsets.US_ASCII);
    double value = Double.parseDouble(text.replace(point, '.'));
    return Double.isFinite(value) ? value : Double.NaN;
  }
}
