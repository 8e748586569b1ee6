package dev.gradpoet.processor.emit.code;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.Predicate;

/**
 * Prints numbers in the fewest decimal digits that parse to the same bits, in the format of {@code Double.toString}. That method prints other digits
 * before JDK 19, but generated sources must be the same on every JDK.
 */
public final class ShortestDecimal {

  /** The number of digits that is always enough for a double. */
  private static final int MOST_DIGITS = 17;

  private ShortestDecimal() {}

  /** A finite double. */
  public static String of(double value) {
    if (value == 0) {
      return Double.toString(value);
    }
    return shortest(value, text -> Double.parseDouble(text) == value);
  }

  /** A finite float, which fewer digits distinguish from its neighbors. */
  public static String of(float value) {
    if (value == 0) {
      return Float.toString(value);
    }
    return shortest(value, text -> Float.parseFloat(text) == value);
  }

  private static String shortest(double value, Predicate<String> readsBack) {
    BigDecimal exact = new BigDecimal(value);
    // at least two digits are printed, so the search starts with two
    for (int digits = 2; digits < MOST_DIGITS; digits++) {
      String text = text(exact.round(new MathContext(digits, RoundingMode.HALF_EVEN)));
      if (readsBack.test(text)) {
        return text;
      }
    }
    return text(exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN)));
  }

  /** {@code 0.25}, or {@code 2.5E-5} and {@code 2.5E7} for magnitudes below 0.001 or of at least ten million. */
  private static String text(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    int exponent = stripped.precision() - stripped.scale() - 1;
    boolean plain = exponent >= -3 && exponent < 7;
    BigDecimal shown = plain ? stripped : stripped.scaleByPowerOfTen(-exponent);
    String digits = shown.scale() < 1 ? shown.setScale(1).toPlainString() : shown.toPlainString();
    return plain ? digits : digits + "E" + exponent;
  }
}
