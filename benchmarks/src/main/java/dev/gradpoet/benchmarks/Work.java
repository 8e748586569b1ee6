package dev.gradpoet.benchmarks;

import dev.gradpoet.runtime.Generator;

/**
 * The rows for a shape, the same for all systems.
 *
 * @param rows the number of rows
 * @param inputs the inputs, row by row
 * @param classes the class index of each row
 * @param values the targets of a single output, one row per sample
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
