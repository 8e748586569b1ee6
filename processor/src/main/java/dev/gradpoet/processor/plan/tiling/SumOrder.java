package dev.gradpoet.processor.plan.tiling;

/**
 * The order in which a product sums its inner dimension: part of the meaning of the code, the same for every kernel family, and a matter of
 * the shape alone, so that every machine computes the same bits.
 *
 * <p>A chain is a sum of products by {@code Math.fma}, one after the other. A single long chain waits for its own last result at every
 * step; several chains, or several outputs side by side, keep a processor busy.
 *
 * @param kind how the chains are laid over the inner dimension
 * @param inner the length of the sum
 * @param outer how many sums a row has
 * @param chains how many chains make one sum
 */
public record SumOrder(Kind kind, int inner, int outer, int chains) {

  /** How chains are laid over the inner dimension. */
  public enum Kind {
    /**
     * Contiguous blocks, a chain each; the first starts from the bias (or from what is there), the others from zero, and they are added in
     * order. The matrix has a row for each inner index, so that vectors run over the outputs.
     */
    BLOCKS,
    /**
     * Sixteen interleaved chains, chain {@code l} over the indices {@code l, l + 16, ...}, chain 0 starting from the bias, added by a tree.
     * The matrix has a row for each output, so that vectors run over the chains: for few outputs.
     */
    LANES
  }

  /** The chains of {@link Kind#LANES}: as many as the widest vectors have floats. */
  public static final int LANES = 16;

  /** Below this many outputs, vectors over the outputs would be mostly empty. */
  static final int FEW_OUTPUTS = 8;

  /** For each output, the length from which its sum is worth the tree at the end of sixteen chains. */
  private static final int LONG_SUM = 32;

  /** The vectors of 16 values that keep a processor of today busy: eight of 8 values, two units of four cycles each. */
  private static final int IN_FLIGHT = 4;

  /** The terms of a chain for each vector of outputs, below which one more chain would cost more than the wait that it saves. */
  private static final int SHORTEST_CHAIN = 4;

  /** The order for a product of a shape. */
  public static SumOrder of(int inner, int outer) {
    if (outer < FEW_OUTPUTS && inner >= LONG_SUM * outer) {
      return new SumOrder(Kind.LANES, inner, outer, LANES);
    }
    int vectors = Padding.vectors(outer);
    int chains = 1;
    while (chains * vectors < IN_FLIGHT && inner >= 2 * chains * vectors * SHORTEST_CHAIN) {
      chains *= 2;
    }
    return new SumOrder(Kind.BLOCKS, inner, outer, chains);
  }

  /** The length of every block but perhaps the last, which may be shorter. */
  public int blockLength() {
    return (inner + chains - 1) / chains;
  }

  /** The layout of a matrix of {@code [inner, outer]} that this order reads row by row. */
  public boolean rowsByInner() {
    return kind == Kind.BLOCKS;
  }
}
