package dev.gradpoet.samples.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.training.Dataset;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three tables with twenty seeds each: the mean accuracies are those of PyTorch. */
class TabularTest {

  @ParameterizedTest
  @Tag("exhaustive")
  @CsvSource({"WINE, 0.9847", "BREAST_CANCER, 0.9724"})
  void reachesTheAccuracyWithLargerTables(TabularTask task, String expected) throws IOException {
    reachesTheMeanTestAccuracyOfPyTorch(task, expected);
  }

  @ParameterizedTest
  @CsvSource("IRIS, 0.9667")
  void reachesTheMeanTestAccuracyOfPyTorch(TabularTask task, String expected) throws IOException {
    Dataset table = task.load();
    double sum = 0;
    for (long seed = 0; seed < 20; seed++) {
      sum += task.experiment(seed, table).accuracy();
    }

    assertThat(String.format(Locale.ROOT, "%.4f", sum / 20)).isEqualTo(expected);
  }

  @Test
  void theNumberOfSeedsIsTheArgument() {
    assertThat(TabularSample.seeds(new String[0])).isEqualTo(5);
    assertThat(TabularSample.seeds(new String[] {"20"})).isEqualTo(20);
    assertThatThrownBy(() -> TabularSample.seeds(new String[] {"0"}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the arguments are [0], expected one: the number of seeds, such as 20");
  }
}
