package dev.gradpoet.processor.plan.tiling;

/**
 * The tiles of products in vector kernels, in rows and vectors; the sums of a tile stay in registers over the whole inner dimension. Any tiling gives
 * the same bits, because each sum consists of the same chains.
 *
 * <p>A tile of 6 by 4 needs 29 of the 32 registers of 512 bits and reads each weight once for six rows: it ran at 94% of a core's peak, 4 by 4 at 92%,
 * 4 by 2 at 85% and 8 by 2 at 76% (784 to 128, 64 rows). In the 16 registers of narrower machines, 6 by 2 fits; at 512 bits it leaves room for
 * the sum of the completed chains.
 */
public final class SimdTiling {

  /** The rows of a tile. */
  public static final int ROWS = 6;

  /** The rows of a tile of 4 vectors for most of the remaining rows: two tiles of 2 rows would read each weight twice. */
  public static final int LEFT_ROWS = 4;

  /** The rows of the tiles for the last rows; an odd last row is computed twice, side by side. */
  public static final int LAST_ROWS = 2;

  /** The vectors of a tile with 32 registers, if a sum is one chain. */
  public static final int WIDE = 4;

  /** The vectors of a tile with 16 registers, or if a sum has several chains. */
  public static final int NARROW = 2;

  /** The columns of a panel: those of the widest tile. */
  public static final int PANEL = WIDE * 16;

  /** The number of outputs that fit into a vector of 128 bits. */
  public static final int FEW = 4;

  /** The number of values that fit into the first-level cache: 32 KB, the smallest in processors with vectors. */
  private static final int NEAREST_CACHE = 8192;

  /** The number of values from which a weight does not fit into the second-level cache: 1 MB. */
  private static final int SECOND_CACHE = 262144;

  /**
   * The bytes of a batch of inputs that the gradient of a large weight reads again for each panel: the second-level cache holds part of them. With all
   * inputs (4096 to 4096, 512 rows), which come from the third level, a gradient ran at two thirds of this speed.
   */
  private static final int BLOCK_BYTES = 3 << 19;

  /** The fewest inputs of a block, whatever the number of rows. */
  public static final int LEAST_BLOCK = 16 * ROWS;

  private SimdTiling() {}

  /** The values of a batch that the gradient of a large weight reads again for each panel. */
  public static int block(int bytesOfValue) {
    return BLOCK_BYTES / bytesOfValue;
  }

  /**
   * The number of columns of the panels in which vector kernels store a matrix; all columns if there are so few rows that a dot product may read
   * them. The values that a column of tiles reads are contiguous in a panel. In whole rows they may span five cache lines instead of four, and rows
   * of 2 or 4 KB map to so few sets of the second-level cache that it cannot hold the column (784 to 128: 181 GFLOP/s from whole rows, 203 from
   * panels; 1024 to 1024: 138).
   */
  public static int panel(int height, int width) {
    return height < SumOrder.FEW_OUTPUTS ? Padding.padded(width) : PANEL;
  }

  /**
   * Whether a weight is larger than the first-level cache, so that a single row waits for the second: it must read the weight line by line (784 to
   * 128: 2.2 us; a loop that C2 unrolled, and that then read columns of eight rows, took 3.7).
   */
  public static boolean isFar(int inner, int width) {
    return inner * Padding.padded(width) > NEAREST_CACHE;
  }

  /** Whether a weight is larger than the second-level cache, so that each pass should compute more rows. */
  public static boolean isLarge(int inner, int width) {
    return inner * Padding.padded(width) >= SECOND_CACHE;
  }
}
