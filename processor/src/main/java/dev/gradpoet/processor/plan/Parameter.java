package dev.gradpoet.processor.plan;

import dev.gradpoet.processor.graph.Shape;
import dev.gradpoet.processor.plan.tiling.Padding;
import dev.gradpoet.processor.plan.tiling.SimdTiling;

/**
 * A parameter slot: a layer is a name and its slots, and whoever walks them asks no layer what it is.
 *
 * @param layer the name of the layer
 * @param name PyTorch's name within the layer: {@code weight}, {@code bias}
 * @param shape PyTorch's shape: {@code [out, in]} of a matrix, {@code [size]} of a vector
 * @param layout how it is stored
 * @param initial what it starts from
 */
public record Parameter(String layer, String name, Shape shape, Layout layout, Initial initial) {

  /** Which rows a parameter is stored in, each padded to a multiple of 16 values. */
  public enum Layout {
    /** A single row. */
    VECTOR,
    /** A row for each input: {@code w[i][o]}. */
    BY_INPUT,
    /** A row for each output: {@code w[o][i]}. */
    BY_OUTPUT
  }

  /** What a parameter starts from. */
  public enum Initial {
    /** The weight of a linear layer, drawn by the scheme that was declared. */
    WEIGHT,
    /** The bias of a linear layer: drawn by PyTorch's default, else zero. */
    BIAS,
    ONES,
    ZEROS,
    /** The slope of a PReLU: 0.25. */
    SLOPE
  }

  /** The values of what a matrix is multiplied with. */
  public int in() {
    return shape.sizes().get(1);
  }

  /** The values of what a matrix gives, or of a vector. */
  public int out() {
    return shape.sizes().get(0);
  }

  /** How many rows it is stored in. */
  public int height() {
    return switch (layout) {
      case VECTOR -> 1;
      case BY_INPUT -> in();
      case BY_OUTPUT -> out();
    };
  }

  /** How wide these rows are, without their padding. */
  public int width() {
    return switch (layout) {
      case VECTOR, BY_INPUT -> out();
      case BY_OUTPUT -> in();
    };
  }

  /** Whether it is a matrix; else a vector. */
  public boolean isMatrix() {
    return layout != Layout.VECTOR;
  }

  /** The columns of the panels that vector kernels keep a matrix in. */
  public int panel() {
    return SimdTiling.panel(height(), width());
  }

  /** How wide a row is that holds either dimension, with its padding. */
  public int widestRow() {
    return shape.sizes().stream().mapToInt(Padding::padded).max().orElseThrow();
  }

  /** The number of values. */
  public int count() {
    return shape.size();
  }
}
