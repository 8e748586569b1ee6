package dev.gradpoet.training.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalParserTest {

  private static double parse(String text) {
    return new DecimalParser('.').parse(text);
  }

  @Test
  void aDecimalCommaIsNoPoint() {
    DecimalParser commas = new DecimalParser(',');

    assertThat(commas.parse("-1,5e3")).isEqualTo(-1500);
    assertThat(commas.parse("1.5")).isNaN();
  }

  @Test
  void numbersHaveTheBitsOfParseDouble() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      String digits = Long.toString(random.nextLong() >>> (1 + random.nextInt(63)));
      int point = random.nextInt(digits.length() + 1);
      String text = (random.nextBoolean() ? "-" : random.nextBoolean() ? "+" : "")
          + "0".repeat(random.nextInt(3))
          + digits.substring(0, point)
          + (random.nextBoolean() || point < digits.length() ? "." : "")
          + digits.substring(point)
          + (random.nextBoolean() ? "" : "e" + (random.nextInt(60) - 30));

      assertThat(Double.doubleToLongBits(parse(text)))
          .as(text)
          .isEqualTo(Double.doubleToLongBits(Double.parseDouble(text)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        ".5",
        "5.",
        "1e22",
        "1e23",
        "1e-400",
        "4.9e-324",
        "1.7976931348623157e308",
        "123456789012345678901234567890"
      })
  void edgesHaveTheBitsOfParseDouble(String text) {
    assertThat(Double.doubleToLongBits(parse(text)))
        .isEqualTo(Double.doubleToLongBits(Double.parseDouble(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "-",
        "+",
        "e5",
        "1e",
        "1e+",
        "1.2.3",
        "1,2",
        "0x10",
        "1f",
        "1d",
        "-",
        "0x1p3",
        "1_000",
        "\u0661",
        "NaN",
        "Infinity",
        "1e999",
        "--1",
        "1 2",
        "1e5.5"
      })
  void whatIsNoFiniteNumberIsNaN(String text) {
    assertThat(parse(text)).isNaN();
  }
}
