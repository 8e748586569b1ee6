package dev.gradpoet.runtime.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoubleMathTest {

  @ParameterizedTest
  @ValueSource(doubles = {-800, -3.7, -0.4, -1e-9, -0.0, 0, 1e-300, 0.3, 1, 12.5, 710, 1e300})
  void theFunctionsAreThoseOfStrictMath(double x) {
    assertSameBits(DoubleMath.exp(x), StrictMath.exp(x));
    assertSameBits(DoubleMath.expm1(x), StrictMath.expm1(x));
    assertSameBits(DoubleMath.log(x), StrictMath.log(x));
    assertSameBits(DoubleMath.log1p(x), StrictMath.log1p(x));
    assertSameBits(DoubleMath.tanh(x), StrictMath.tanh(x));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-9, 0.01, 0.5, 1, 2.5, 10, 36})
  void sigmoidOfXAndOfMinusXAddUpToOne(double x) {
    double sum = DoubleMath.sigmoid(x) + DoubleMath.sigmoid(-x);
    assertThat(sum).isCloseTo(1, within(Math.ulp(1.0)));
  }

  @Test
  void sigmoidIsTanhOfHalfTheArgumentScaled() {
    for (double x = -8; x <= 8; x += 0.37) {
      double expected = 0.5 + 0.5 * StrictMath.tanh(x / 2);
      assertThat(DoubleMath.sigmoid(x)).isCloseTo(expected, within(1e-15));
    }
  }

  @Test
  void sigmoidKeepsItsNegativeTailDownToTheSubnormalNumbers() {
    assertThat(DoubleMath.sigmoid(-50)).isEqualTo(StrictMath.exp(-50));
    assertThat(DoubleMath.sigmoid(-720)).isEqualTo(StrictMath.exp(-720)).isPositive();
    assertThat(DoubleMath.sigmoid(-745)).isEqualTo(Double.MIN_VALUE);
  }

  @Test
  void sigmoidEndsInZeroAndOne() {
    assertThat(DoubleMath.sigmoid(Double.NEGATIVE_INFINITY)).isEqualTo(0.0);
    assertThat(DoubleMath.sigmoid(-1e6)).isEqualTo(0.0);
    assertThat(DoubleMath.sigmoid(40)).isEqualTo(1.0);
    assertThat(DoubleMath.sigmoid(Double.POSITIVE_INFINITY)).isEqualTo(1.0);
  }

  @Test
  void sigmoidOfEitherZeroIsOneHalfAndOfNaNIsNaN() {
    assertThat(DoubleMath.sigmoid(0.0)).isEqualTo(0.5);
    assertThat(DoubleMath.sigmoid(-0.0)).isEqualTo(0.5);
    assertThat(DoubleMath.sigmoid(Double.NaN)).isNaN();
  }

  /** Of the canonical NaN, so that one NaN equals another. */
  private static void assertSameBits(double found, double expected) {
    assertThat(Double.doubleToLongBits(found)).isEqualTo(Double.doubleToLongBits(expected));
  }

  @Test
  void aWholePowerIsThatOfStrictMath() {
    assertThat(DoubleMath.power(0.999, 0)).isEqualTo(1);
    for (long n : new long[] {1, 2, 3, 7, 50, 1000, 123_456}) {
      assertThat(DoubleMath.power(0.999, n))
          .isCloseTo(StrictMath.pow(0.999, n), withinPercentage(1e-9));
    }
  }

  @Test
  void aCosineOfPartsOfPiIsThatOfStrictMath() {
    for (int n : new int[] {1, 2, 3, 4, 7, 100, 12_345}) {
      for (int k = 0; k <= 5 * n; k += Math.max(1, n / 97)) {
        assertThat(DoubleMath.cosPi(k, n))
            .as("cos(pi %d / %d)", k, n)
            .isCloseTo(StrictMath.cos(Math.PI * (k % (2 * n)) / n), within(2e-15));
      }
      assertThat(DoubleMath.cosPi(n, n)).isEqualTo(-1);
      assertThat(DoubleMath.cosPi(n, 2 * n)).isZero();
      assertThat(DoubleMath.cosPi(4L * n, n)).isEqualTo(1);
    }
    assertThat(DoubleMath.cosPi(1, 3)).isCloseTo(0.5, within(Math.ulp(0.5)));
    assertThat(DoubleMath.cosPi(Integer.MAX_VALUE, Integer.MAX_VALUE)).isEqualTo(-1);
  }
}
