package dev.gradpoet.samples.tabular;

import dev.gradpoet.runtime.Generator;
import dev.gradpoet.runtime.Sgd;
import java.io.IOException;
import java.util.Locale;

/** Trains on the breast cancer table with numbers and categories, with several seeds, and shows the accuracies. The argument is the number of seeds, 5 if there is none. */
public final class BinnedSample {

  static final int TRAIN = 455;

  private static final int ROWS = 569;
  private static final int BATCH = 32;
  private static final int EPOCHS = 20;

  /**
   * What a training run gives.
   *
   * @param loss the mean loss of the rows of the first epoch, each before the update of its step
   * @param right how many of the test rows are predicted correctly at the end
   */
  record Result(double loss, int right) {}

  private BinnedSample() {}

  /**
   * Trains and shows the accuracies.
   *
   * @param args the number of seeds, at least 1; 5 if there is none
   * @throws IOException if the table cannot be read
   * @throws IllegalArgumentException if the number is invalid
   */
  public static void main(String[] args) throws IOException {
    int seeds = TabularSample.seeds(args);
    int right = 0;
    for (long seed = 0; seed < seeds; seed++) {
      Result result = train(seed);
      right += result.right();
      System.out.printf(
          Locale.ROOT,
          "seed %d: loss of the first epoch %.6f, %d of %d test rows right%n",
          seed,
          result.loss(),
          result.right(),
          ROWS - TRAIN);
    }
    System.out.printf(
        Locale.ROOT,
        "mean test accuracy over seeds 0 to %d: %.4f%n",
        seeds - 1,
        (double) right / seeds / (ROWS - TRAIN));
  }

  /** Trains for all epochs: weights, the order of the rows and what dropout drops come from one generator, as in PyTorch. */
  static Result train(long seed) throws IOException {
    BinnedTable table = BinnedTable.load(BinnedTable.order(seed, ROWS), TRAIN);
    Generator generator = new Generator().manualSeed(seed);
    BinnedBreastCancerNetwork net = new BinnedBreastCancerNetwork(generator);
    net.fitNormalization(table.means(), table.bins(), TRAIN);
    BinnedBreastCancerNetwork.Trainer trainer = net.trainer(Sgd.of(0.05).momentum(0.9), BATCH);
    int values = BATCH * BinnedTable.COUNT;
    BinnedTable batch = new BinnedTable(new float[values], new int[values], new float[BATCH]);
    double first = 0;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      int[] order = generator.randperm(TRAIN).toIntArray();
      for (int from = 0; from < TRAIN; from += BATCH) {
        int to = Math.min(from + BATCH, TRAIN);
        table.copy(order, from, to, batch);
        float loss = trainer.step(batch.means(), batch.bins(), to - from, batch.benign());
        first += epoch == 0 ? (double) loss * (to - from) / TRAIN : 0;
      }
    }
    int[] classes = net.predictClasses(table.means(), table.bins());
    int right = 0;
    for (int r = TRAIN; r < ROWS; r++) {
      right += classes[r] == table.benign()[r] ? 1 : 0;
    }
    return new Result(first, right);
  }
}
