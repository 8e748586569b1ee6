package dev.gradpoet.spark;

import dev.gradpoet.runtime.Generator;

/** Generators for what is drawn during training, each with a stream of its own, wherever and whenever it is drawn. */
final class Seeds {

  private static final long ORDER = 1;
  private static final long MASKS = 2;

  private Seeds() {}

  /** The order of the rows of a shard in an epoch. */
  static int[] order(long seed, int epoch, int shard, int rows) {
    Generator generator = new Generator().manualSeed(mix(seed, ORDER, epoch, shard));
    return generator.randperm(rows).toIntArray();
  }

  /** Lets a generator draw the masks of a shard in a step of an epoch. */
  static void masks(Generator generator, long seed, int epoch, int step, int shard) {
    generator.manualSeed(mix(seed, MASKS, epoch, step, shard));
  }

  /** Numbers that differ in any bit give seeds that differ in about half of theirs: the finalizer of SplitMix64. */
  private static long mix(long... numbers) {
    long z = 0;
    for (long number : numbers) {
      z = (z ^ number) + 0x9e3779b97f4a7c15L;
      z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
      z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
      z ^= z >>> 31;
    }
    return z;
  }
}
