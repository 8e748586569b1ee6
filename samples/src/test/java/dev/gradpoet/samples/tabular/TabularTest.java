package dev.gradpoet.samples.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
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
    Table table = task.table();
    double sum = 0;
    for (long seed = 0; seed < 20; seed++) {
      sum += TabularSample.accuracy(task, task.experiment(seed, table));
    }

    assertThat(String.format(Locale.ROOT, "%.4f", sum / 20)).isEqualTo(expected);
  }

  @Test
  void aMalformedTableIsRejectedWithItsLine() {
    assertThatThrownBy(() -> Table.parse("t.csv", List.of("2,2,a,b", "1,2,0")))
        .isInstanceOf(IOException.class)
        .hasMessage("t.csv has 1 rows of 2 features, expected 2 rows, as its first line says");
    assertThatThrownBy(() -> Table.parse("t.csv", List.of("1,2,a,b", "1,2")))
        .hasMessage("t.csv line 2 has 2 values, expected 3: 2 features and a class");
    assertThatThrownBy(() -> Table.parse("t.csv", List.of("1,2,a,b", "1,x,0")))
        .hasMessage("t.csv line 2 has \"x\", expected a number");
    assertThatThrownBy(() -> Table.parse("t.csv", List.of("1,2,a,b", "1,2,2")))
        .hasMessage("t.csv line 2 has the class 2, expected 0 to 1");
    assertThatThrownBy(() -> Table.parse("t.csv", List.of()))
        .hasMessage("t.csv line 1 has \"\", expected an integer");
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
