package dev.gradpoet.processor.plan.tiling;

import java.util.List;

/**
 * The tiles of products in plain kernels, in rows and terms; the loops over the outputs are those that C2 vectorizes. Any tiling gives the same bits,
 * because each sum consists of the same chains.
 *
 * <p>Each iteration loads and stores the sums of its rows, so more terms are faster; but C2 of JDK 17 does not vectorize a loop with more than 8
 * multiply-adds, or with a number of them that is not a power of two. For 784 to 128, four rows by two terms ran at 44 to 51 GFLOP/s, one by four at
 * 29 to 35, and two by two at 36 to 43.
 */
public final class PlainTiling {

  /** The rows of a tile. */
  public static final int ROWS = 4;

  /** The terms of a tile, and of a tile for the remaining terms. */
  public static final List<Integer> TERMS_OF_ROWS = List.of(2, 1);

  /** The terms of a tile of a single row, and of a tile for the remaining terms. */
  public static final List<Integer> TERMS_OF_A_ROW = List.of(4, 1);

  /**
   * The largest number of outputs whose sums are variables, because C2 does not vectorize so short a loop: 4-16-3 took 46 ns per row instead of 88,
   * and a step of 32 rows 3.9 us instead of 5.3. More outputs gain more from vectors: with 10 in variables, 64-32-10 took 412 ns instead of 337.
   */
  private static final int IN_VARIABLES = 4;

  /** The ratio of height to width from which gradients are summed by columns. */
  public static final int ACROSS = 4;

  private PlainTiling() {}

  /**
   * Whether the gradient of a weight is summed a few columns at a time instead of rows: longer loops are faster, but each sum must then be added to
   * an element of a different row. On JDK 25, a step of 784-128-10 took 626 us instead of 690; 784-512-512-10, all by columns, took longer.
   */
  public static boolean isAcross(int height, int width) {
    return height >= ACROSS * width;
  }

  /** Whether the sums of a row are variables. */
  public static boolean isInVariables(int width) {
    return width <= IN_VARIABLES;
  }
}
