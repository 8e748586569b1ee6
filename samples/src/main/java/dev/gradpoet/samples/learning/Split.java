package dev.gradpoet.samples.learning;

import dev.gradpoet.runtime.Generator;

/**
 * The training rows and the test rows of an experiment.
 *
 * @param train the training rows
 * @param test the test rows
 */
public record Split(Dataset train, Dataset test) {

  /** The order in which a seed shuffles the rows: {@code torch.manual_seed(seed); torch.randperm(rows)}. */
  public static int[] order(long seed, int rows) {
    return new Generator().manualSeed(seed).randperm(rows).toIntArray();
  }

  /** Splits the rows in that order: the first ones for training, the others for the test. */
  public static Split of(long seed, Dataset all, int train) {
    int[] order = order(seed, all.size());
    return new Split(all.select(order, 0, train), all.select(order, train, all.size()));
  }
}
