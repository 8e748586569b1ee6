package dev.gradpoet.samples.digits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.training.Dataset;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DigitsFileTest {

  @Test
  void readsAllImagesWithPixelsFromZeroToOne() throws IOException {
    Dataset data = DigitsFile.load();

    assertThat(data.size()).isEqualTo(1797);
    assertThat(data.classCounts())
        .containsExactly(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
    for (float pixel : data.input(0).toFloatArray()) {
      assertThat(pixel).isBetween(0f, 1f);
    }
    assertThat(data.input(0).toFloatArray())
        .startsWith(0f, 0f, 5 / 16f, 13 / 16f, 9 / 16f, 1 / 16f, 0f, 0f);
  }
}
