package dev.gradpoet.runtime.math;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The bits of the float functions: they may change with a release of Gradpoet, on purpose, but
 * never with the machine, the Java version or the compiler that runs them.
 */
class FloatMathBitsTest {

  @ParameterizedTest
  @CsvSource({
    "EXP, -103.5, 0x00000001",
    "EXP, -95.0, 0x00000f64",
    "EXP, -87.25, 0x008b923c",
    "EXP, -20.125, 0x30f9ff06",
    "EXP, -1.0, 0x3ebc5ab2",
    "EXP, -0.1, 0x3f67a36d",
    "EXP, -0.001, 0x3f7fbe7f",
    "EXP, 1.0E-6, 0x3f800008",
    "EXP, 0.35, 0x3fb5a402",
    "EXP, 1.0, 0x402df854",
    "EXP, 10.7, 0x472d43d9",
    "EXP, 64.0, 0x6da12cc2",
    "EXP, 88.7, 0x7f7a37fc",
    "EXPM1, -17.5, 0xbf800000",
    "EXPM1, -5.0, 0xbf7e466c",
    "EXPM1, -1.0, 0xbf21d2a7",
    "EXPM1, -0.4, 0xbea8cbd0",
    "EXPM1, -0.1, 0xbdc2e49a",
    "EXPM1, -1.0E-6, 0xb58637b9",
    "EXPM1, 1.0E-20, 0x1e3ce508",
    "EXPM1, 0.001, 0x3a832337",
    "EXPM1, 0.35, 0x3ed69006",
    "EXPM1, 1.0, 0x3fdbf0a8",
    "EXPM1, 3.3, 0x41d0e6af",
    "EXPM1, 17.0, 0x4bb849a4",
    "EXPM1, 88.7, 0x7f7a37fc",
    "LOG, 1.4E-45, 0xc2ce8ed0",
    "LOG, 1.0E-40, 0xc2b834f2",
    "LOG, 1.0E-20, 0xc23834f1",
    "LOG, 0.1, 0xc0135d8e",
    "LOG, 0.5, 0xbf317218",
    "LOG, 0.7, 0xbeb69e1a",
    "LOG, 0.9999, 0xb8d1c2af",
    "LOG, 1.0001, 0x38d1bd51",
    "LOG, 1.5, 0x3ecf9920",
    "LOG, 2.0, 0x3f317218",
    "LOG, 10.0, 0x40135d8e",
    "LOG, 12345.678, 0x4116bcab",
    "LOG, 3.0E38, 0x42b13196",
    "LOG1P, -0.9999, 0xc1135ce0",
    "LOG1P, -0.7, 0xbf9a1bc8",
    "LOG1P, -0.3, 0xbeb69e1a",
    "LOG1P, -0.1, 0xbdd7c741",
    "LOG1P, -1.0E-4, 0xb8d1b9c6",
    "LOG1P, -1.0E-30, 0x8da24260",
    "LOG1P, 1.0E-6, 0x358637b9",
    "LOG1P, 0.01, 0x3c2306b6",
    "LOG1P, 0.45, 0x3ebe3d94",
    "LOG1P, 0.6, 0x3ef0a452",
    "LOG1P, 1.0, 0x3f317218",
    "LOG1P, 1234.5, 0x40e3d0be",
    "LOG1P, 3.0E38, 0x42b13196",
    "TANH, -8.5, 0xbf7fffff",
    "TANH, -2.0, 0xbf76ca83",
    "TANH, -0.8, 0xbf29fe50",
    "TANH, -0.7, 0xbf1ab7d8",
    "TANH, -0.1, 0xbdcc1ebc",
    "TANH, -0.001, 0xba83126c",
    "TANH, 1.0E-30, 0x0da24260",
    "TANH, 0.05, 0x3d4ca127",
    "TANH, 0.5, 0x3eec9a9f",
    "TANH, 0.7499, 0x3f229536",
    "TANH, 0.75, 0x3f22991f",
    "TANH, 1.0, 0x3f42f7d6",
    "TANH, 4.2, 0x3f7fe288",
    "SIGMOID, -103.0, 0x00000001",
    "SIGMOID, -88.5, 0x0027fce2",
    "SIGMOID, -40.0, 0x229cbc92",
    "SIGMOID, -10.0, 0x383e6997",
    "SIGMOID, -3.4475, 0x3cfcab83",
    "SIGMOID, -1.0, 0x3e89b2b1",
    "SIGMOID, -0.01, 0x3efeb853",
    "SIGMOID, 0.001, 0x3f001062",
    "SIGMOID, 0.5, 0x3f1f597f",
    "SIGMOID, 1.0, 0x3f3b26a8",
    "SIGMOID, 3.0, 0x3f73dbe6",
    "SIGMOID, 8.0, 0x3f7fea06",
    "SIGMOID, 16.5, 0x3f7fffff"
  })
  void theBitsAreThese(FloatFunction function, float x, String bits) {
    String found = String.format("0x%08x", Float.floatToIntBits(function.of(x)));
    assertThat(found).isEqualTo(bits);
  }

  @ParameterizedTest
  @CsvSource({
    "EXP, 0x66f979daae0abaa0",
    "EXPM1, 0x5932c6e23fa9cc40",
    "LOG, 0x6217d4b47d48509f",
    "LOG1P, 0x2e6d5181d65724a2",
    "TANH, 0x2452dad3590578bd",
    "SIGMOID, 0xf3f3aeb0db5a226f"
  })
  void theBitsOfASampleOfTheWholeRangeHaveThisHash(FloatFunction function, String hash) {
    long found = 0;
    for (long bits = 0; bits < 1L << 32; bits += 1021) {
      float x = Float.intBitsToFloat((int) bits);
      found = 31 * found + Float.floatToIntBits(function.of(x));
    }
    assertThat(String.format("0x%016x", found)).isEqualTo(hash);
  }
}
