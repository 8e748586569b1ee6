package dev.gradpoet.runtime.math;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors, special values and symmetries of the float functions. */
class FloatMathTest {

  /** Prime, so that the sample meets every bit of the significand; 4.2 million arguments. With {@code -Pevery-float} it is 1. */
  private static final int STRIDE = Integer.getInteger("gradpoet.stride", 1021);

  /** Where a selection changes sides, a reduction its k, or the result its kind. */
  private static final float[] EDGES = {
    0f,
    0x1p-149f,
    0x1p-126f,
    0x1p-25f,
    0x1p-24f,
    0.25f,
    0.34657359f,
    0.5f,
    0.75f,
    1f,
    1.5f,
    2f,
    8.3f,
    9.01f,
    16.6f,
    17f,
    17.32868f,
    18f,
    87.33654f,
    88.02969f,
    88.37626f,
    88.72284f,
    89f,
    103.27893f,
    103.97208f,
    104f,
    0x1p23f,
    0x1p24f,
    0x1p126f,
    0x1.7ffffep127f,
    Float.MAX_VALUE,
    Float.POSITIVE_INFINITY
  };

  @ParameterizedTest
  @EnumSource
  void theErrorStaysWithinTheDocumentedOneOverTheWholeRange(FloatFunction function) {
    double largest = 0;
    float worst = 0;
    for (long bits = 0; bits < 1L << 32; bits += STRIDE) {
      float x = Float.intBitsToFloat((int) bits);
      double error = function.errorInUlp(x);
      if (error > largest) {
        largest = error;
        worst = x;
      }
    }
    assertThat(largest).as("at %s", worst).isLessThanOrEqualTo(function.documentedError);
  }

  @ParameterizedTest
  @EnumSource
  void theErrorStaysWithinTheDocumentedOneAroundEveryEdge(FloatFunction function) {
    for (float edge : EDGES) {
      int bits = Float.floatToIntBits(edge);
      double largest = 0;
      for (int near = Math.max(0, bits - 500); near <= bits + 500; near++) {
        float x = Float.intBitsToFloat(near);
        largest = Math.max(largest, function.errorInUlp(x));
        largest = Math.max(largest, function.errorInUlp(-x));
      }
      assertThat(largest).as("near %s", edge).isLessThanOrEqualTo(function.documentedError);
    }
  }

  @ParameterizedTest
  @EnumSource
  void noFunctionDecreasesFromOneFloatToTheNextAroundAnEdge(FloatFunction function) {
    for (float edge : EDGES) {
      float x = edge;
      for (int i = 0; i < 500; i++) {
        float below = Math.nextDown(x);
        assertThat(function.of(below) > function.of(x)).as("below %s", x).isFalse();
        assertThat(function.of(-x) > function.of(-below)).as("below %s", -below).isFalse();
        x = below;
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void noFunctionErrsByMoreThanTwoUlp(FloatFunction function) {
    assertThat(function.documentedError).isLessThanOrEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "EXP, -Infinity, 0.0",
    "EXP, -105, 0.0",
    "EXP, -0.0, 1.0",
    "EXP, 0.0, 1.0",
    "EXP, 88.73, Infinity",
    "EXP, Infinity, Infinity",
    "EXPM1, -Infinity, -1.0",
    "EXPM1, -30, -1.0",
    "EXPM1, -0.0, -0.0",
    "EXPM1, 0.0, 0.0",
    "EXPM1, 1.4e-45, 1.4e-45",
    "EXPM1, 88.73, Infinity",
    "EXPM1, Infinity, Infinity",
    "LOG, -Infinity, NaN",
    "LOG, -1.4e-45, NaN",
    "LOG, -0.0, -Infinity",
    "LOG, 0.0, -Infinity",
    "LOG, 1.0, 0.0",
    "LOG, Infinity, Infinity",
    "LOG1P, -Infinity, NaN",
    "LOG1P, -1.0000001, NaN",
    "LOG1P, -1.0, -Infinity",
    "LOG1P, -0.0, -0.0",
    "LOG1P, 0.0, 0.0",
    "LOG1P, -1.4e-45, -1.4e-45",
    "LOG1P, Infinity, Infinity",
    "TANH, -Infinity, -1.0",
    "TANH, -10, -1.0",
    "TANH, -0.0, -0.0",
    "TANH, 0.0, 0.0",
    "TANH, 1.4e-45, 1.4e-45",
    "TANH, Infinity, 1.0",
    "SIGMOID, -Infinity, 0.0",
    "SIGMOID, -105, 0.0",
    "SIGMOID, -0.0, 0.5",
    "SIGMOID, 0.0, 0.5",
    "SIGMOID, 20, 1.0",
    "SIGMOID, Infinity, 1.0"
  })
  void specialArgumentsHaveExactlyTheseValues(FloatFunction function, float x, float expected) {
    assertThat(Float.floatToIntBits(function.of(x))).isEqualTo(Float.floatToIntBits(expected));
  }

  @ParameterizedTest
  @EnumSource
  void everyKindOfNaNGivesNaN(FloatFunction function) {
    int[] patterns = {0x7fc00000, 0xffc00000, 0x7f800001, 0xff800001, 0x7fffffff, 0xffffffff};
    for (int pattern : patterns) {
      assertThat(function.of(Float.intBitsToFloat(pattern))).isNaN();
    }
  }

  @Test
  void tanhIsOddToTheLastBit() {
    for (long bits = 0; bits <= 0x7f800000; bits += 10 * STRIDE) {
      float x = Float.intBitsToFloat((int) bits);
      assertThat(FloatMath.tanh(-x) == -FloatMath.tanh(x)).as("at %s", x).isTrue();
    }
  }

  @Test
  void tanhAndSigmoidStayInTheirRange() {
    for (long bits = 0; bits <= 0x7f800000; bits += 10 * STRIDE) {
      float x = Float.intBitsToFloat((int) bits);
      assertThat(FloatMath.tanh(x) <= 1f).as("tanh at %s", x).isTrue();
      assertThat(FloatMath.sigmoid(x) <= 1f).as("sigmoid at %s", x).isTrue();
      assertThat(FloatMath.sigmoid(-x) >= 0f).as("sigmoid at %s", -x).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {-1e-40f, -0x1p-126f, -1e-30f, 1e-40f, 0x1p-126f, 1e-30f, 3e-8f})
  void nearZeroTheFunctionsThatPassThroughItReturnTheirArgument(float x) {
    assertThat(FloatMath.log1p(x / 2)).isEqualTo(x / 2);
    assertThat(FloatMath.expm1(x / 2)).isEqualTo(x / 2);
    assertThat(FloatMath.tanh(x)).isEqualTo(x);
  }
}
