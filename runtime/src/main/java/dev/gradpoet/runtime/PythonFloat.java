package dev.gradpoet.runtime;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Writes doubles as Python's {@code format} does: the exact binary value rounded half to even,
 * {@code inf} and {@code nan}.
 */
final class PythonFloat {

  private PythonFloat() {}

  /** As {@code '{:.<digits>f}'.format(value)}. */
  static String fixed(double value, int digits) {
    if (!Double.isFinite(value)) {
      return notFinite(value);
    }
    // A BigDecimal has no negative zero, so the sign is handled separately.
    BigDecimal magnitude = new BigDecimal(Math.abs(value));
    return sign(value) + magnitude.setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
  }

  /** As {@code '{:.<digits>e}'.format(value)}, with two digits or more in the exponent. */
  static String scientific(double value, int digits) {
    if (!Double.isFinite(value)) {
      return notFinite(value);
    }
    BigDecimal magnitude =
        new BigDecimal(Math.abs(value)).round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
    int exponent = magnitude.signum() == 0 ? 0 : magnitude.precision() - magnitude.scale() - 1;
    String mantissa = magnitude.movePointLeft(exponent).setScale(digits).toPlainString();
    String power = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : "" + Math.abs(exponent);
    return sign(value) + mantissa + (exponent < 0 ? "e-" : "e+") + power;
  }

  private static String sign(double value) {
    return Double.doubleToRawLongBits(value) < 0 ? "-" : "";
  }

  private static String notFinite(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    return value > 0 ? "inf" : "-inf";
  }
}
