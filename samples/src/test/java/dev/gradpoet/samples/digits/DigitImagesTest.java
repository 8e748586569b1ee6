package dev.gradpoet.samples.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.samples.learning.Experiment;
import dev.gradpoet.training.Dataset;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trains on real data: first losses and accuracies are those of PyTorch with the same seeds, computed by digit_images.py. */
class DigitImagesTest {

  private static final int TESTED = 360;

  /** How many images more or fewer another order of sums may get right than any that PyTorch was run with. */
  private static final int OTHER_ORDER = 3;

  /** PyTorch's fewest and most right images for each seed, on one thread and two, with and without oneDNN, in float32 and float64. */
  private static final int[][] RIGHT = {{357, 359}, {350, 354}, {354, 356}, {357, 358}, {352, 354}};

  @ParameterizedTest(name = "seed {0}: {1}")
  @CsvSource({"0, 2.744356", "1, 2.519253", "2, 2.430844", "3, 2.652886", "4, 2.770717"})
  void theFirstLossIsThatOfPyTorchWithTheSameWeightsRowsAndDroppedValues(long seed, double loss)
      throws IOException {
    Generator generator = new Generator().manualSeed(seed);
    DigitImagesNetwork net = new DigitImagesNetwork(generator);
    Dataset batch = Experiment.split(seed, DigitsFile.load(), DigitsTask.TRAIN)
        .train()
        .shuffled(generator)
        .rows(0, 32);

    double first =
        net.trainer(Sgd.of(0.05), 32).step(batch.input(0).unflatten(1, 1, 8), batch.target());

    assertThat(first).isCloseTo(loss, within(1e-5));
  }

  @Test
  void reachesTheTestAccuracyOfPyTorch() throws IOException {
    checkedRight(0);
  }

  @Test
  @Tag("exhaustive")
  void reachesTheMeanTestAccuracyOfPyTorchWithFiveSeeds() throws IOException {
    int right = 0;
    for (int seed = 0; seed < RIGHT.length; seed++) {
      right += checkedRight(seed);
    }

    assertThat((double) right / RIGHT.length / TESTED).isGreaterThanOrEqualTo(0.983);
  }

  /** The number of right images after the last epoch, near to PyTorch's. */
  private static int checkedRight(int seed) throws IOException {
    Experiment experiment =
        DigitsTask.IMAGES.experiment(seed, DigitsFile.load(), (event, control) -> {});
    int right = (int) Math.round(experiment.accuracy() * TESTED);
    assertThat(right)
        .as("seed %d", seed)
        .isBetween(RIGHT[seed][0] - OTHER_ORDER, RIGHT[seed][1] + OTHER_ORDER);
    return right;
  }
}
