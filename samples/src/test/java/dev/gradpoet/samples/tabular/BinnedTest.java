package dev.gradpoet.samples.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradpoet.samples.learning.Experiment;
import dev.gradpoet.training.Dataset;
import dev.gradpoet.training.Dataset.Split;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers and categories: losses and accuracies are those of PyTorch with the same seeds, computed by binned_breast_cancer.py. */
class BinnedTest {

  /** How many rows more or fewer another order of sums may get right. */
  private static final int OTHER_ORDER = 1;

  private static final int TEST = 114;

  @ParameterizedTest(name = "seed {0}")
  @CsvSource({
    "0, 0.571419, 110",
    "1, 0.513137, 108",
    "2, 0.502109, 111",
    "3, 0.511494, 109",
    "4, 0.533063, 108"
  })
  void trainsAsPyTorchDoes(long seed, double loss, int right) throws IOException {
    Experiment experiment = BinnedSample.experiment(seed);

    assertThat(experiment.history().epochs().get(0).loss()).isCloseTo(loss, within(1e-5));
    assertThat((int) Math.round(experiment.accuracy() * TEST))
        .isBetween(right - OTHER_ORDER, right + OTHER_ORDER);
  }

  @Test
  void eachBinHoldsAFifthOfTheTrainingRows() throws IOException {
    Dataset table = TabularTask.BREAST_CANCER.load();
    Split split = Binned.of(Experiment.split(0, table, BinnedSample.TRAIN));
    int[] bins = split.train().input(1).toIntArray();
    int[] counts = new int[Binned.COUNT * Binned.BINS];
    for (int i = 0; i < bins.length; i++) {
      assertThat(bins[i] / Binned.BINS).isEqualTo(i % Binned.COUNT);
      counts[bins[i]]++;
    }

    assertThat(split.train().size()).isEqualTo(BinnedSample.TRAIN);
    assertThat(split.test().size()).isEqualTo(TEST);
    // equal measurements are in one bin
    for (int count : counts) {
      assertThat(count).isBetween(BinnedSample.TRAIN / 5 - 5, BinnedSample.TRAIN / 5 + 5);
    }
  }
}
