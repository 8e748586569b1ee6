package dev.gradpoet.runtime.support.training;

import dev.gradpoet.runtime.Generator;

/** Draws the masks of dropout: the factors by which values are multiplied in training. */
public final class Masks {

  private Masks() {}

  /**
   * Draws the factors of n rows, each 0 with probability p, else {@code 1 / (1 - p)}: a number of 53 bits a value, in the order of rows and values. The
   * quotient is PyTorch's, of a mask of ones and zeros by {@code 1 - p} in float.
   *
   * @param p the probability of 0, from 0 to 1, both of which draw nothing
   * @param n how many rows
   * @param width how many values a row has
   * @param masks the rows
   */
  public static void draw(Generator generator, double p, int n, int width, float[][] masks) {
    boolean draws = 0 < p && p < 1;
    float kept = p == 1 ? 0 : 1 / (float) (1 - p);
    for (int r = 0; r < n; r++) {
      float[] mask = masks[r];
      for (int i = 0; i < width; i++) {
        mask[i] = !draws || generator.nextDouble() < 1 - p ? kept : 0;
      }
    }
  }

  /** {@link #draw(Generator, double, int, int, float[][])} in double. */
  public static void draw(Generator generator, double p, int n, int width, double[][] masks) {
    boolean draws = 0 < p && p < 1;
    double kept = p == 1 ? 0 : 1 / (1 - p);
    for (int r = 0; r < n; r++) {
      double[] mask = masks[r];
      for (int i = 0; i < width; i++) {
        mask[i] = !draws || generator.nextDouble() < 1 - p ? kept : 0;
      }
    }
  }
}
