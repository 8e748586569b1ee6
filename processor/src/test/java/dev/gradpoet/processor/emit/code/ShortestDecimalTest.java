package dev.gradpoet.processor.emit.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The digits of literals: those of JDK 19 and later, on any JDK. */
class ShortestDecimalTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0",
        "-0.0",
        "1.0",
        "0.1",
        "0.001",
        "9.99E-4",
        "2.0E-3",
        "1.0E23",
        "2.0E-44",
        "2.2E-322",
        "4.9E-324",
        "-1.5",
        "123456.7",
        "1.0E7",
        "9999999.0",
        "1.7976931348623157E308",
        "2.2250738585072014E-308",
        "8.41E21",
        "2.0E23",
        "5.0E-324",
        "-1.2942117528834122E15",
        "0.30000000000000004"
      })
  void aDoubleHasTheFewestDigits(String text) {
    double value = Double.parseDouble(text);
    String expected = switch (text) {
      case "2.0E-3" -> "0.002";
      case "5.0E-324" -> "4.9E-324";
      default -> text;
    };
    assertThat(ShortestDecimal.of(value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.1",
        "1.4E-45",
        "3.4028235E38",
        "1.17549435E-38",
        "0.33333334",
        "1.0E10",
        "8.41E21",
        "2.0E-44",
        "1.2345678E8",
        "0.044715"
      })
  void aFloatToo(String text) {
    String expected = text.equals("1.17549435E-38") ? "1.1754944E-38" : text;
    assertThat(ShortestDecimal.of(Float.parseFloat(text))).isEqualTo(expected);
  }

  @Test
  void anyNumberReadsBackAndIsPrintedAsByTheNewestJdks() {
    boolean shortest = Runtime.version().feature() >= 19;
    Random random = new Random(19);
    for (int i = 0; i < 10_000; i++) {
      double value =
          i % 3 == 0 ? random.nextGaussian() : Double.longBitsToDouble(random.nextLong());
      float single = i % 3 == 0 ? (float) value : Float.intBitsToFloat(random.nextInt());
      if (Double.isFinite(value)) {
        assertThat(Double.parseDouble(ShortestDecimal.of(value))).isEqualTo(value);
        assertThat(shortest ? Double.toString(value) : ShortestDecimal.of(value))
            .isEqualTo(ShortestDecimal.of(value));
      }
      if (Float.isFinite(single)) {
        assertThat(Float.parseFloat(ShortestDecimal.of(single))).isEqualTo(single);
        assertThat(shortest ? Float.toString(single) : ShortestDecimal.of(single))
            .isEqualTo(ShortestDecimal.of(single));
      }
    }
  }
}
