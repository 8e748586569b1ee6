package dev.gradpoet.processor.plan;

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

  /** The values in a row of the widest column. */
  public static final int PANEL = WIDE * 16;

  /** The most vectors whose activation the kernel of a single row computes in registers, too. */
  public static final int ACTIVATED = 4;

  /** The most vectors of which the kernel of a single row keeps the sums in registers. */
  private static final int VECTORS_OF_A_ROW = 8;

  /** The outputs that vectors of 128 bits hold. */
  public static final int FEW = 4;

  /** The values of a weight that the nearest cache holds: 32 KB, the least that processors with vectors have. */
  private static final int NEAREST_CACHE = 8192;

  /** The values of a weight from which the second cache does not hold it: 1 MB. */
  private static final int SECOND_CACHE = 262144;

  /** The rows from which it is worth while to put a column of such a weight together. */
  public static final int PACKED_ROWS = 32;

  /** The columns that are transposed at a time. */
  public static final int STRIP = 8;

  /** The rows of a wide weight that the kernel of a single row reads at a time. */
  public static final int STREAMS = 4;

  private SimdTiling() {}

  /** How many vectors of 16 values a row of a width has. */
  public static int vectors(int width) {
    return Padding.padded(width) / SumOrder.LANES;
  }

  /**
   * Whether the kernel of a single row reads a weight row after row, its sums in memory: columns of a wide weight lie so far apart that no cache
   * fetches ahead (1024 to 1024: 175 us by columns, where a C compiler's loop over rows took 103).
   */
  public static boolean isStream(int width) {
    return vectors(width) > VECTORS_OF_A_ROW;
  }

  /**
   * Whether a weight is larger than the nearest cache, so that a single row waits for the next one: it is fast if it reads the weight line by line
   * (784 to 128: 2.2 us, where a loop that C2 unrolled, and then read by columns of eight rows, took 3.7).
   */
  public static boolean isFar(int inner, int width) {
    return inner * Padding.padded(width) > NEAREST_CACHE;
  }

  /**
   * Whether a product of many rows puts each column of its matrix together. The rows of a column of a wide matrix lie 2 or 4 KB apart, in
   * so few sets of the second cache that it cannot keep them from one tile to the next (1024 to 1024: 138 GFLOP/s, and 181 from columns put together;
   * 784 to 512: 168 and 185; 784 to 128, all of which the cache holds: no gain).
   */
  public static boolean isPacked(SumOrder order) {
    return order.kind() == SumOrder.Kind.BLOCKS
        && order.inner() * Padding.padded(order.outer()) >= SECOND_CACHE
        && vectors(order.outer()) >= WIDE;
  }

  /** The length of an array that takes each column of a packed matrix, at the place where it starts in a row. */
  public static int panel(SumOrder order) {
    return order.inner() * WIDE * SumOrder.LANES + Padding.padded(order.outer());
  }

  /** The vectors that the kernel of a single row computes at a time: with all their chains they fit the registers. */
  public static int vectorsOfARow(int width) {
    return Math.min(vectors(width), VECTORS_OF_A_ROW);
  }
}
