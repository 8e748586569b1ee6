package dev.gradpoet.runtime.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sums against slow twins that keep the 16 chains in an array and fold it in half. */
class ChainsTest {

  private final Random random = new Random(7);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 10, 15, 16, 17, 31, 32, 48, 50, 160, 784, 799})
  void theFloatSumHasTheBitsOfItsTwin(int length) {
    float[] row = floats(length + 16);
    float[] chains = new float[16];
    for (int i = 0; i < length; i++) {
      chains[i % 16] += row[i];
    }
    assertThat(FloatChains.sum(row, length)).isEqualTo(fold(chains));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 10, 15, 16, 17, 31, 32, 48, 50, 160, 784, 799})
  void theFloatDotProductHasTheBitsOfItsTwin(int length) {
    float[] a = floats(length);
    float[] b = floats(length);
    float[] chains = new float[16];
    chains[0] = 0.3f;
    for (int i = 0; i < length; i++) {
      chains[i % 16] = Math.fma(a[i], b[i], chains[i % 16]);
    }
    assertThat(FloatChains.dot(0.3f, a, b, length)).isEqualTo(fold(chains));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 10, 15, 16, 17, 31, 32, 48, 50, 160, 784, 799})
  void theDoubleSumHasTheBitsOfItsTwin(int length) {
    double[] row = doubles(length + 16);
    double[] chains = new double[16];
    for (int i = 0; i < length; i++) {
      chains[i % 16] += row[i];
    }
    assertThat(DoubleChains.sum(row, length)).isEqualTo(fold(chains));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 10, 15, 16, 17, 31, 32, 48, 50, 160, 784, 799})
  void theDoubleDotProductHasTheBitsOfItsTwin(int length) {
    double[] a = doubles(length);
    double[] b = doubles(length);
    double[] chains = new double[16];
    chains[0] = 0.3;
    for (int i = 0; i < length; i++) {
      chains[i % 16] = Math.fma(a[i], b[i], chains[i % 16]);
    }
    assertThat(DoubleChains.dot(0.3, a, b, length)).isEqualTo(fold(chains));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 10, 15, 16, 17, 31, 32, 48, 50})
  void aSumFromAStartIndexHasTheBitsOfTheSumOfACopy(int length) {
    float[] row = floats(length + 23);
    double[] wide = doubles(length + 23);
    for (int from : new int[] {0, 1, 7, 16, 23}) {
      assertThat(FloatChains.sum(row, from, length))
          .isEqualTo(FloatChains.sum(Arrays.copyOfRange(row, from, from + length), length));
      assertThat(DoubleChains.sum(wide, from, length))
          .isEqualTo(DoubleChains.sum(Arrays.copyOfRange(wide, from, from + length), length));
    }
  }

  @Test
  void everyElementCountsExactlyOnce() {
    for (int i = 0; i < 48; i++) {
      float[] one = new float[48];
      double[] two = new double[48];
      one[i] = 1f;
      two[i] = 1;
      assertThat(FloatChains.sum(one, 48)).isEqualTo(1f);
      assertThat(DoubleChains.sum(two, 48)).isEqualTo(1);
      assertThat(FloatChains.dot(2f, one, one, 48)).isEqualTo(3f);
      assertThat(DoubleChains.dot(2, two, two, 48)).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 15, 16, 17, 31, 32, 33, 50})
  void valuesBeyondTheLengthAreNotRead(int length) {
    float[] row = floats(64);
    double[] wide = doubles(64);
    float sum = FloatChains.sum(row, length);
    double wideSum = DoubleChains.sum(wide, length);
    float dot = FloatChains.dot(0.5f, row, row, length);
    double wideDot = DoubleChains.dot(0.5, wide, wide, length);
    Arrays.fill(row, length, row.length, Float.NaN);
    Arrays.fill(wide, length, wide.length, Double.NaN);
    assertThat(FloatChains.sum(row, length)).isEqualTo(sum);
    assertThat(DoubleChains.sum(wide, length)).isEqualTo(wideSum);
    assertThat(FloatChains.dot(0.5f, row, row, length)).isEqualTo(dot);
    assertThat(DoubleChains.dot(0.5, wide, wide, length)).isEqualTo(wideDot);
  }

  @Test
  void aLengthBeyondTheRowIsOutOfBounds() {
    assertThatExceptionOfType(ArrayIndexOutOfBoundsException.class)
        .isThrownBy(() -> FloatChains.sum(new float[16], 32));
    assertThatExceptionOfType(ArrayIndexOutOfBoundsException.class)
        .isThrownBy(() -> DoubleChains.dot(0, new double[32], new double[16], 32));
  }

  @Test
  void aSumOfNothingIsPositiveZero() {
    assertThat(Float.floatToRawIntBits(FloatChains.sum(new float[0], 0))).isZero();
    assertThat(Double.doubleToRawLongBits(DoubleChains.sum(new double[0], 0))).isZero();
  }

  @Test
  void aDotProductAddsEachProductWithoutRoundingIt() {
    float[] a = new float[16];
    double[] b = new double[16];
    a[0] = 1f + 0x1p-23f;
    b[0] = 1 + 0x1p-52;
    assertThat(FloatChains.dot(-a[0] * a[0], a, a, 16)).isEqualTo(0x1p-46f);
    assertThat(DoubleChains.dot(-b[0] * b[0], b, b, 16)).isEqualTo(0x1p-104);
  }

  private float[] floats(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private double[] doubles(int length) {
    return random.doubles(length, -1, 1).toArray();
  }

  private static float fold(float[] chains) {
    for (int half = 8; half > 0; half /= 2) {
      for (int l = 0; l < half; l++) {
        chains[l] += chains[l + half];
      }
    }
    return chains[0];
  }

  private static double fold(double[] chains) {
    for (int half = 8; half > 0; half /= 2) {
      for (int l = 0; l < half; l++) {
        chains[l] += chains[l + half];
      }
    }
    return chains[0];
  }
}
