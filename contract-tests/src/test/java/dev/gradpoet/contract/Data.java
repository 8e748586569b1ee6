package dev.gradpoet.contract;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Generator;

/** Seeded rows for the tests of this package. */
final class Data {

  private Data() {}

  static float[] floats(long seed, int n) {
    return new Generator().manualSeed(seed).randn(n).toFloatArray();
  }

  static double[] doubles(long seed, int n) {
    return new Generator().manualSeed(seed).randn(DType.FLOAT64, n).toDoubleArray();
  }

  static int[] labels(long seed, int n, int classes) {
    return new Generator().manualSeed(seed).randint(0, classes, n).toIntArray();
  }
}
