package dev.gradpoet.samples.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.samples.learning.Dataset;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DigitsFileTest {

  private static final String PIXELS = "0,16,".repeat(32);

  @Test
  void readsAllImagesWithPixelsFromZeroToOne() throws IOException {
    Dataset data = DigitsFile.load();

    assertThat(data.size()).isEqualTo(1797);
    int[] counts = new int[10];
    for (int label : data.labels()) {
      counts[label]++;
    }
    assertThat(counts).containsExactly(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
    for (float pixel : data.features()) {
      assertThat(pixel).isBetween(0f, 1f);
    }
    assertThat(data.row(0)).startsWith(0f, 0f, 5 / 16f, 13 / 16f, 9 / 16f, 1 / 16f, 0f, 0f);
  }

  @Test
  void aLineOfTheWrongLengthIsRejectedWithItsNumber() {
    assertThatThrownBy(() -> DigitsFile.parse(List.of(PIXELS + "3", "1,2,3")))
        .isInstanceOf(IOException.class)
        .hasMessage("digits.csv.gz line 2 has 3 values, expected 64 pixels and a digit");
  }

  @Test
  void anInvalidValueIsRejectedWithItsLine() {
    assertThatThrownBy(() -> DigitsFile.parse(List.of(PIXELS + "10")))
        .hasMessage("digits.csv.gz line 1 has \"10\", expected a number from 0 to 9");
    assertThatThrownBy(() -> DigitsFile.parse(List.of(PIXELS.replaceFirst("16", "17") + "1")))
        .hasMessage("digits.csv.gz line 1 has \"17\", expected a number from 0 to 16");
    assertThatThrownBy(() -> DigitsFile.parse(List.of(PIXELS + "x")))
        .hasMessage("digits.csv.gz line 1 has \"x\", expected a number from 0 to 9");
  }
}
