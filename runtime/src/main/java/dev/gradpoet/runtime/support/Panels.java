package dev.gradpoet.runtime.support;

import dev.gradpoet.runtime.memory.Heap;

/**
 * Matrices cut into panels of so many columns, the last one of what is left. In a panel, the rows lie one after the other: vector kernels
 * read it from its first to its last value, where the same columns of whole rows would lie far apart.
 */
public final class Panels {

  private Panels() {}

  /**
   * Zeros.
   *
   * @param layer the layer whose weight it is, or a copy of it
   * @param height the number of rows
   * @param width the number of columns, with their padding
   * @param columns the number of columns in a panel
   * @throws IllegalArgumentException if an array cannot hold a panel
   */
  public static float[][] floats(String layer, int height, int width, int columns) {
    float[][] panels = new float[count(width, columns)][];
    for (int p = 0; p < panels.length; p++) {
      panels[p] = new float[length(layer, height, Math.min(columns, width - p * columns))];
    }
    return panels;
  }

  /** Zeros, as {@link #floats}. */
  public static double[][] doubles(String layer, int height, int width, int columns) {
    double[][] panels = new double[count(width, columns)][];
    for (int p = 0; p < panels.length; p++) {
      panels[p] = new double[length(layer, height, Math.min(columns, width - p * columns))];
    }
    return panels;
  }

  private static int count(int width, int columns) {
    return (width + columns - 1) / columns;
  }

  private static int length(String layer, int height, int own) {
    long length = (long) height * own;
    if (length > Heap.LONGEST) {
      throw new IllegalArgumentException("layer \"" + layer + "\" has " + length
          + " weights in " + own + " columns of " + height + " rows, expected at most "
          + Heap.LONGEST
          + ", which one array holds: split the layer, or run with -Dgradpoet.simd=off");
    }
    return (int) length;
  }
}
