package dev.gradpoet.samples.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DigitsSampleTest {

  @Test
  void theSeedIsTheArgumentOrZero() {
    assertThat(DigitsSample.seed(new String[0])).isZero();
    assertThat(DigitsSample.seed(new String[] {"-7"})).isEqualTo(-7);
  }

  @Test
  void anInvalidSeedIsRejected() {
    assertThatThrownBy(() -> DigitsSample.seed(new String[] {"4.2"}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the seed is \"4.2\", expected an integer such as 42");
    assertThatThrownBy(() -> DigitsSample.seed(new String[] {"1", "2"}))
        .hasMessage("2 arguments, expected one: the seed, an integer");
  }

  @Test
  void aDrawingShowsTheInkNextToTheProbabilities() {
    float[] pixels = new float[64];
    pixels[9] = 1;
    float[] probabilities = new float[10];
    probabilities[1] = 0.5f;

    assertThat(DigitDrawing.draw(pixels, probabilities, 1).lines().skip(1).findFirst())
        .hasValue("  @@" + " ".repeat(15) + "1 0.5000 " + "#".repeat(15) + " ".repeat(16)
            + "<- the digit");
  }

  @Test
  void printsThePathOfTheGeneratedSource() {
    assertThat(Files.exists(Path.of(GeneratedSource.of(DigitsNetwork.class)))).isTrue();
    assertThat(GeneratedSource.of(String.class))
        .isEqualTo("target/generated-sources/annotations/java/lang/String.java");
  }
}
