package dev.gradpoet.processor.plan;

import dev.gradpoet.processor.plan.tiling.SimdTiling;

/**
 * The parameters of a linear layer and how its weight is stored.
 *
 * @param layer the name of the layer
 * @param in the width of what it reads
 * @param out the width of what it computes
 * @param bias whether it has a bias
 * @param layout how the weight is stored
 */
public record LinearParameters(String layer, int in, int out, boolean bias, Layout layout) {

  /** Which rows the weight is stored in, each padded to a multiple of 16 values. */
  public enum Layout {
    /** A row for each input: {@code w[i][o]}. */
    BY_INPUT,
    /** A row for each output: {@code w[o][i]}. */
    BY_OUTPUT
  }

  /** How many rows the weight is stored in. */
  public int height() {
    return layout == Layout.BY_INPUT ? in : out;
  }

  /** How wide these rows are, without their padding. */
  public int width() {
    return layout == Layout.BY_INPUT ? out : in;
  }

  /** The columns of the panels that vector kernels keep the weight in. */
  public int panel() {
    return SimdTiling.panel(height(), width());
  }

  /** The number of parameters. */
  public int count() {
    return in * out + (bias ? out : 0);
  }
}
