package dev.gradpoet.samples.digits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.samples.learning.Experiment;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trains on real data: the accuracies are those of PyTorch with the same seeds. */
class DigitsTest {

  @ParameterizedTest(name = "seed {0}: {1}")
  @Tag("exhaustive")
  @CsvSource({"1, 0.9639", "2, 0.9750", "3, 0.9833", "4, 0.9750"})
  void reachesTheAccuracyWithOtherSeeds(long seed, String accuracy) throws IOException {
    reachesTheTestAccuracyOfPyTorch(seed, accuracy);
  }

  @ParameterizedTest(name = "seed {0}: {1}")
  @CsvSource("0, 0.9806")
  void reachesTheTestAccuracyOfPyTorch(long seed, String accuracy) throws IOException {
    Experiment experiment =
        DigitsTask.PIXELS.experiment(seed, DigitsFile.load(), (event, control) -> {});

    assertThat(experiment.history().epochs()).hasSize(30);
    assertThat(String.format(Locale.ROOT, "%.4f", experiment.accuracy())).isEqualTo(accuracy);
  }
}
