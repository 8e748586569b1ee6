package dev.gradpoet.processor.plan;

import dev.gradpoet.processor.plan.tiling.Padding;
import dev.gradpoet.processor.plan.tiling.SimdTiling;
import dev.gradpoet.processor.shape.Shape;

/**
 * A parameter slot: one parameter of a layer. Everything that iterates over parameters depends on slots alone, not on kinds of layers.
 *
 * @param layer the name of the layer
 * @param name PyTorch's name within the layer: {@code weight}, {@code bias}
 * @param shape PyTorch's shape: {@code [out, in]} of a matrix, {@code [out, channels, kernel...]} of one that is the weight of a convolution; any of a vector, which holds its values in row-major order
 * @param layout how it is stored
 * @param initial how it is initialized
 */
public record Parameter(String layer, String name, Shape shape, Layout layout, Initial initial) {

  /** The rows in which a parameter is stored, each padded to a multiple of 16 values. */
  public enum Layout {
    /** A single row. */
    VECTOR,
    /** One row per input: {@code w[i][o]}. */
    BY_INPUT,
    /** One row per output: {@code w[o][i]}. */
    BY_OUTPUT,
    /** One row per value of a window of one group, as {@link #BY_INPUT}, but never in panels. */
    BY_TAP
  }

  /** The initial values of a parameter. */
  public enum Initial {
    /** The weight of a linear layer, drawn by the declared scheme. */
    WEIGHT,
    /** The bias of a linear layer: drawn by PyTorch's default scheme, zero with any other. */
    BIAS,
    ONES,
    ZEROS,
    /** The slope of a PReLU: 0.25. */
    SLOPE,
    /** The weight of an embedding, a table with a row for each class, stored in one row: drawn from the standard normal distribution. */
    TABLE
  }

  /** The input width of a matrix. */
  public int in() {
    return count() / out();
  }

  /** The values of what a matrix gives. */
  public int out() {
    return shape.sizes().get(0);
  }

  /** The number of rows in which it is stored. */
  public int height() {
    return switch (layout) {
      case VECTOR -> 1;
      case BY_INPUT, BY_TAP -> in();
      case BY_OUTPUT -> out();
    };
  }

  /** The width of these rows, without their padding. */
  public int width() {
    return switch (layout) {
      case VECTOR -> count();
      case BY_INPUT, BY_TAP -> out();
      case BY_OUTPUT -> in();
    };
  }

  /** Whether it is the weight of a convolution, a matrix whose inputs are in the order (kernel..., channel). */
  public boolean isConvolution() {
    return isMatrix() && shape.sizes().size() > 2;
  }

  /** Whether it is a matrix; otherwise it is a vector. */
  public boolean isMatrix() {
    return layout != Layout.VECTOR;
  }

  /** Whether vector kernels store it in panels. */
  public boolean isInPanels() {
    return layout == Layout.BY_INPUT || layout == Layout.BY_OUTPUT;
  }

  /** The number of columns of the panels in which vector kernels store a matrix. */
  public int panel() {
    return SimdTiling.panel(height(), width());
  }

  /** The padded width of a row that can hold either dimension, as scratch for its gradient; 0 of a table, which needs none. */
  public int widestRow() {
    if (initial == Initial.TABLE) {
      return 0;
    }
    return isMatrix()
        ? Math.max(Padding.padded(in()), Padding.padded(out()))
        : Padding.padded(count());
  }

  /** The number of values. */
  public int count() {
    return shape.size();
  }
}
