package dev.gradpoet.training;

import dev.gradpoet.DType;
import dev.gradpoet.runtime.Generator;

/** Seeded data: classes that overlap, of four values each. */
final class Blobs {

  static final int WIDTH = 4;

  private Blobs() {}

  static int[] labels(long seed, int rows, int classes) {
    return new Generator().manualSeed(seed).randint(0, classes, rows).toIntArray();
  }

  static double[] features(long seed, int... labels) {
    Generator g = new Generator().manualSeed(seed + 1000);
    double[] x = g.randn(DType.FLOAT64, labels.length * WIDTH).toDoubleArray();
    for (int r = 0; r < labels.length; r++) {
      x[r * WIDTH + labels[r] % WIDTH] += 1.5;
    }
    return x;
  }

  static float[] floats(double... values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }

  static Dataset classes(long seed, int rows, int classes) {
    int[] labels = labels(seed, rows, classes);
    return Dataset.of(floats(features(seed, labels)), labels);
  }

  /** Two targets for each row. */
  static Dataset doubles(long seed, int rows) {
    double[] x = features(seed, labels(seed, rows, 2));
    double[] y = new double[2 * rows];
    for (int r = 0; r < rows; r++) {
      y[2 * r] = x[r * WIDTH] - x[r * WIDTH + 1];
      y[2 * r + 1] = Math.sin(x[r * WIDTH + 2]);
    }
    return Dataset.of(x, y, rows);
  }
}
