package dev.gradpoet.samples.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers and categories: losses and accuracies are those of PyTorch with the same seeds, computed by binned_breast_cancer.py. */
class BinnedTest {

  /** How many rows more or fewer another order of sums may get right. */
  private static final int OTHER_ORDER = 1;

  @ParameterizedTest(name = "seed {0}")
  @CsvSource({
    "0, 0.571419, 110",
    "1, 0.513137, 108",
    "2, 0.502109, 111",
    "3, 0.511494, 109",
    "4, 0.533063, 108"
  })
  void trainsAsPyTorchDoes(long seed, double loss, int right) throws IOException {
    BinnedSample.Result result = BinnedSample.train(seed);

    assertThat(result.loss()).isCloseTo(loss, within(1e-5));
    assertThat(result.right()).isBetween(right - OTHER_ORDER, right + OTHER_ORDER);
  }

  @Test
  void eachBinHoldsAFifthOfTheTrainingRows() throws IOException {
    BinnedTable table = BinnedTable.load(BinnedTable.order(0, 569), BinnedSample.TRAIN);
    int[] counts = new int[50];
    for (int i = 0; i < BinnedSample.TRAIN * BinnedTable.COUNT; i++) {
      assertThat(table.bins()[i] / 5).isEqualTo(i % BinnedTable.COUNT);
      counts[table.bins()[i]]++;
    }

    // equal measurements are in one bin
    assertThat(IntStream.of(counts).boxed())
        .allMatch(count -> Math.abs(count - BinnedSample.TRAIN / 5) <= 5);
    assertThat(table.benign()).hasSize(569);
  }
}
