package dev.gradpoet.runtime.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The error function in both widths, against its power series in 80 digits. */
class ErrorFunctionTest {

  private static final MathContext DIGITS = new MathContext(80);
  private static final BigDecimal PI = new BigDecimal(
      "3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803482534211706798");

  /** {@code 2 / sqrt(pi) sum_n (-1)^n x^(2n+1) / (n! (2n+1))}. */
  private static BigDecimal series(double x) {
    BigDecimal square = new BigDecimal(x).pow(2, DIGITS);
    BigDecimal term = new BigDecimal(x);
    BigDecimal sum = BigDecimal.ZERO;
    for (int n = 0; n < 400; n++) {
      sum = sum.add(term.divide(BigDecimal.valueOf(2L * n + 1), DIGITS), DIGITS);
      term = term.multiply(square, DIGITS).divide(BigDecimal.valueOf(-(n + 1L)), DIGITS);
    }
    return sum.multiply(BigDecimal.valueOf(2), DIGITS).divide(PI.sqrt(DIGITS), DIGITS);
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0x1p-40, 1e-9, 0.1, 0.25, 0.5, 0.84374, 0.84375, 0.9, 1, 1.2499, 1.25, 1.7, 2.2, 2.857,
        2.858, 3.3, 4.1, 5, 5.9999
      })
  void inDoubleItIsWithinAnUlpOfTheSeries(double x) {
    BigDecimal error = new BigDecimal(DoubleMath.erf(x)).subtract(series(x)).abs();
    assertThat(error.doubleValue()).isLessThanOrEqualTo(Math.ulp(DoubleMath.erf(x)));
    assertThat(DoubleMath.erf(-x)).isEqualTo(-DoubleMath.erf(x));
  }

  @Test
  void inFloatItIsWithinTwoUlpsOfDoubleAndNeverDecreases() {
    float before = 0;
    int stride = Integer.getInteger("gradpoet.stride", 997);
    for (int bits = 0; bits < Float.floatToIntBits(5); bits += stride) {
      float x = Float.intBitsToFloat(bits);
      float y = FloatMath.erf(x);
      double error = Math.abs(y - DoubleMath.erf(x)) / Math.ulp(y);
      boolean right = error <= 2 && y >= before - Math.ulp(before) && FloatMath.erf(-x) == -y;
      if (!right) {
        assertThat(error).as("erf(%s)", x).isLessThanOrEqualTo(2);
        assertThat(y).as("erf(%s)", x).isGreaterThanOrEqualTo(before - Math.ulp(before));
        assertThat(FloatMath.erf(-x)).isEqualTo(-y);
      }
      before = y;
    }
  }

  @Test
  void itsEndsAreExact() {
    assertThat(FloatMath.erf(Float.POSITIVE_INFINITY)).isEqualTo(1f);
    assertThat(FloatMath.erf(Float.NEGATIVE_INFINITY)).isEqualTo(-1f);
    assertThat(FloatMath.erf(4f)).isEqualTo(1f);
    assertThat(FloatMath.erf(Float.NaN)).isNaN();
    assertThat(Float.floatToRawIntBits(FloatMath.erf(-0f))).isEqualTo(0x80000000);
    assertThat(DoubleMath.erf(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(DoubleMath.erf(-7)).isEqualTo(-1);
    assertThat(DoubleMath.erf(Double.NaN)).isNaN();
    assertThat(DoubleMath.erf(Double.MIN_VALUE)).isEqualTo(Double.MIN_VALUE);
  }
}
