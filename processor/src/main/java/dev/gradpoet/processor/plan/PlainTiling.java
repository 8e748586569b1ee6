package dev.gradpoet.processor.plan;

import java.util.List;

/**
 * How the plain family adds rows of a width: with the sums of a tile of outputs in registers, or with several rows a pass over all outputs.
 * Either computes the same bits, because each output is still one chain over the rows.
 *
 * @param width the width of the rows
 * @param registers whether the sums stay in registers
 */
public record PlainTiling(int width, boolean registers) {

  /** Up to here C2's vector loop would spend more time before and after its main part than in it. */
  private static final int WIDEST_IN_REGISTERS = 32;

  private static final int TILE = 8;
  private static final int WIDEST_SINGLE_TILE = 15;

  /** The tiling for rows of a width. */
  public static PlainTiling of(int width) {
    return new PlainTiling(width, width <= WIDEST_IN_REGISTERS);
  }

  /** The outputs of a whole tile: all of them where that still fits the registers. */
  public int tile() {
    return width <= WIDEST_SINGLE_TILE ? width : TILE;
  }

  /** How many rows a pass adds, and what then serves the rows that are left. */
  public List<Integer> fusedRows() {
    return List.of(8, 1);
  }
}
