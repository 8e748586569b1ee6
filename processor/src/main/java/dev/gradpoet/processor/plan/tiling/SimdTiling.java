package dev.gradpoet.processor.plan.tiling;

/**
 * How vector kernels cut a product into tiles, whose sums stay in registers over the whole inner dimension: so many rows by so many vectors.
 * Any cut gives the same bits, because each sum is still made of the same chains.
 *
 * <p>A tile of 6 by 4 needs 29 of the 32 registers of 512 bits and reads each weight once for six rows: it ran at 94 % of a core's peak where 4 by
 * 4 ran at 92 %, 4 by 2 at 85 % and 8 by 2 at 76 % (784 to 128, 64 rows). With the 16 registers of narrower machines, 6 by 2 is what fits; at 512
 * bits it leaves room for the sum of the chains that are complete.
 */
public final class SimdTiling {

  /** The rows of a tile. */
  public static final int ROWS = 6;

  /** The rows of a tile of 4 vectors for most of what is left of a product: two of 2 rows would read each weight twice. */
  public static final int LEFT_ROWS = 4;

  /** The rows of the tiles for what is left; an odd last row is computed twice, side by side. */
  public static final int LAST_ROWS = 2;

  /** The vectors of a tile where there are 32 registers, and a sum is one chain. */
  public static final int WIDE = 4;

  /** The vectors of a tile where there are 16 registers, or a sum has several chains. */
  public static final int NARROW = 2;

  /** The columns of a panel: those of the widest tile. */
  public static final int PANEL = WIDE * 16;

  /** The outputs that vectors of 128 bits hold. */
  public static final int FEW = 4;

  /** The values of a weight that the nearest cache holds: 32 KB, the least that processors with vectors have. */
  private static final int NEAREST_CACHE = 8192;

  /** The values of a weight from which the second cache does not hold it: 1 MB. */
  private static final int SECOND_CACHE = 262144;

  private SimdTiling() {}

  /**
   * The columns of the panels in which vector kernels keep a matrix; all columns where rows are so few that a dot product may read them. What
   * a column of tiles reads lies together in a panel, from the first value to the last. In whole rows it lies in five lines of a cache for
   * four where a row does not begin with one, and rows of 2 or 4 KB share so few sets of the second cache that it cannot keep the column (784
   * to 128: 181 GFLOP/s from whole rows, 203 from panels; 1024 to 1024: 138).
   */
  public static int panel(int height, int width) {
    return height < SumOrder.FEW_OUTPUTS ? Padding.padded(width) : PANEL;
  }

  /**
   * Whether a weight is larger than the nearest cache, so that a single row waits for the next one: it is fast if it reads the weight line by line
   * (784 to 128: 2.2 us, where a loop that C2 unrolled, and then read by columns of eight rows, took 3.7).
   */
  public static boolean isFar(int inner, int width) {
    return inner * Padding.padded(width) > NEAREST_CACHE;
  }

  /** Whether a weight comes from beyond the second cache on each pass, which more rows pay for. */
  public static boolean isLarge(int inner, int width) {
    return inner * Padding.padded(width) >= SECOND_CACHE;
  }
}
