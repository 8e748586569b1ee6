package dev.gradpoet.processor.plan.tiling;

/**
 * The order in which a product sums its inner dimension. It depends only on the shape and is the same for every kernel family, so that every machine
 * computes the same bits.
 *
 * <p>A chain is a sum of products by {@code Math.fma}, one after the other. In a single long chain, every term waits for the one before; several
 * chains, or several outputs side by side, keep a processor busy.
 *
 * @param kind how the inner dimension is divided into chains
 * @param inner the length of the sum
 * @param outer the number of sums in a row
 * @param chains the number of chains in a sum
 */
public record SumOrder(Kind kind, int inner, int outer, int chains) {

  /** How the inner dimension is divided into chains. */
  public enum Kind {
    /**
     * Contiguous blocks, a chain each; the first starts from the bias (or, if it accumulates, from the value that is there), the others from zero,
     * and they are added in order. The matrix has a row for each inner index, so that vectors run over the outputs.
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

  /** The length per output from which sixteen chains are worth the tree that adds them. */
  private static final int LONG_SUM = 32;

  /** The vectors of 16 values that keep a processor busy: eight of 8 values, for two units with a latency of four cycles. */
  private static final int IN_FLIGHT = 4;

  /** The length of a chain per vector of outputs below which another chain would cost more time than it saves. */
  private static final int SHORTEST_CHAIN = 4;

  /** The order for a product of this shape. */
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

  /** Whether the matrix has a row for each inner index; otherwise it has one for each output. */
  public boolean rowsByInner() {
    return kind == Kind.BLOCKS;
  }
}
