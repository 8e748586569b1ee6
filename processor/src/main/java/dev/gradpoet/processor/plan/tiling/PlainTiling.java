package dev.gradpoet.processor.plan.tiling;

import java.util.List;

/**
 * How plain kernels cut a product, in loops over the outputs that C2 turns into vectors: so many rows at a time, by so many terms. Any cut gives the
 * same bits, because each sum is still made of the same chains.
 *
 * <p>Each turn of a loop loads and stores the sums of its rows, so more terms are better; but the C2 of Java 17 makes no vectors of a loop with more
 * than 8 multiply-adds, or with a number of them that is no power of two. For 784 to 128, four rows by two terms ran at 44 to 51 GFLOP/s where one
 * by four ran at 29 to 35 and two by two at 36 to 43.
 */
public final class PlainTiling {

  /** The rows of a tile. */
  public static final int ROWS = 4;

  /** The terms of a tile, and what serves those that are left. */
  public static final List<Integer> TERMS_OF_ROWS = List.of(2, 1);

  /** The terms that a single row adds at a time. */
  public static final List<Integer> TERMS_OF_A_ROW = List.of(4, 1);

  /**
   * The most outputs whose sums are variables instead, as C2 makes no vectors of a loop so short: 4-16-3 took 46 ns a row where it took 88, and a
   * step of 32 rows 3.9 us where it took 5.3. More outputs have more to gain from vectors: with 10 in variables, 64-32-10 took 412 ns where
   * it took 337.
   */
  private static final int IN_VARIABLES = 4;

  /** How much longer columns must be than rows. */
  public static final int ACROSS = 4;

  private PlainTiling() {}

  /**
   * Whether the gradient of a weight is summed a few columns at a time, not rows: C2's loops are the better the longer they are, but the sums must
   * then be added to a place in each row. On Java 25, a step of 784-128-10 took 626 us where it took 690; 784-512-512-10, all across, took
   * longer.
   */
  public static boolean isAcross(int height, int width) {
    return height >= ACROSS * width;
  }

  /** Whether the sums of a row are variables. */
  public static boolean isInVariables(int width) {
    return width <= IN_VARIABLES;
  }
}
