package dev.gradpoet.benchmarks;

import dev.gradpoet.runtime.Generator;

/**
 * Rows for a shape, the same for all that compute on it.
 *
 * @param rows how many
 * @param inputs row by row
 * @param classes a class index a row
 * @param values the target of a single output, a row of them a sample
 */
public record Work(int rows, float[] inputs, int[] classes, float[] values) {

  private static final long SEED = 2;

  /** Seeded rows. */
  public static Work of(Shape shape, int rows) {
    Generator generator = new Generator().manualSeed(SEED);
    return new Work(
        rows,
        generator.randn(rows * shape.inputs()).toFloatArray(),
        generator.randint(0, shape.outputs(), rows).toIntArray(),
        generator.randn(rows * shape.outputs()).toFloatArray());
  }
}
