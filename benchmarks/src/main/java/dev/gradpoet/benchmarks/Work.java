package dev.gradpoet.benchmarks;

import dev.gradpoet.runtime.Architecture;
import dev.gradpoet.runtime.Generator;
import java.util.Arrays;

/**
 * The rows for a network, the same for all systems.
 *
 * @param rows the number of rows
 * @param inputs the inputs, row by row
 * @param classes the class index of each row
 * @param values the targets of a single output, one row per sample
 */
public record Work(int rows, float[] inputs, int[] classes, float[] values) {

  private static final long SEED = 2;

  /** Seeded rows for the input and the output of a network. */
  public static Work of(Architecture architecture, int rows) {
    int inputs = size(architecture.inputs().get(0).shape());
    int outputs = size(architecture.outputShape());
    Generator generator = new Generator().manualSeed(SEED);
    return new Work(
        rows,
        generator.randn(rows * inputs).toFloatArray(),
        generator.randint(0, outputs, rows).toIntArray(),
        generator.randn(rows * outputs).toFloatArray());
  }

  private static int size(int[] shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }
}
