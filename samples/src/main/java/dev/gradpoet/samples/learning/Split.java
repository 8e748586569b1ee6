package dev.gradpoet.samples.learning;

import dev.gradpoet.runtime.Generator;

/**
 * What a network learns from, and what it is tested on.
 *
 * @param train the one
 * @param test the other
 */
public record Split(Dataset train, Dataset test) {

  /** The order of rows by which a seed splits them: {@code torch.manual_seed(seed); torch.randperm(rows)}. */
  public static int[] order(long seed, int rows) {
    return new Generator().manualSeed(seed).randperm(rows).toIntArray();
  }

  /** The first rows of that order to learn from, the others to test. */
  public static Split of(long seed, Dataset all, int train) {
    int[] order = order(seed, all.size());
    return new Split(all.select(order, 0, train), all.select(order, train, all.size()));
  }
}
