package dev.gradpoet.processor.emit.code;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.Predicate;

/**
 * Numbers in the fewest decimal digits that read back to the same bits, in the form of {@code Double.toString}, whose own digits are others before JDK
 * 19: generated sources are the same on every JDK.
 */
public final class ShortestDecimal {

  /** Digits that always read back, of a double. */
  private static final int MOST_DIGITS = 17;

  private ShortestDecimal() {}

  /** A finite double. */
  public static String of(double value) {
    if (value == 0) {
      return Double.toString(value);
    }
    return shortest(value, text -> Double.parseDouble(text) == value);
  }

  /** A finite float, which fewer digits tell from its neighbours. */
  public static String of(float value) {
    if (value == 0) {
      return Float.toString(value);
    }
    return shortest(value, text -> Float.parseFloat(text) == value);
  }

  private static String shortest(double value, Predicate<String> readsBack) {
    BigDecimal exact = new BigDecimal(value);
    // two digits are always printed, so that the nearest number of two is taken, not of one
    for (int digits = 2; digits < MOST_DIGITS; digits++) {
      String text = text(exact.round(new MathContext(digits, RoundingMode.HALF_EVEN)));
      if (readsBack.test(text)) {
        return text;
      }
    }
    return text(exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN)));
  }

  /** {@code 0.25}, or {@code 2.5E-5} and {@code 2.5E7} for what is below 0.001 or from ten million on. */
  private static String text(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    int exponent = stripped.precision() - stripped.scale() - 1;
    boolean plain = exponent >= -3 && exponent < 7;
    BigDecimal shown = plain ? stripped : stripped.scaleByPowerOfTen(-exponent);
    String digits = shown.scale() < 1 ? shown.setScale(1).toPlainString() : shown.toPlainString();
    return plain ? digits : digits + "E" + exponent;
  }
}
