package dev.gradpoet.runtime.support;

import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Tensor;
import java.util.Arrays;
import java.util.NoSuchElementException;

/**
 * The parameters of a linear layer in {@code float}, or their gradients, or what an optimizer remembers of each. Rows are padded
 * to a multiple of 16 values; what the padding holds is never read.
 */
public final class FloatLinear implements Layer {

  /**
   * The weight: {@code w[i][o]} of a layer stored by input, {@code w[o][i]} of one stored by output; or in {@link Panels} of these rows.
   */
  public final float[][] w;

  /** The bias, padded; null for a layer without. */
  public final float[] b;

  private final String name;
  private final Tensor weight;
  private final Tensor bias;
  private final boolean byInput;
  private final int columns;
  private final int height;
  private final int width;

  private FloatLinear(String name, int in, int out, boolean bias, boolean byInput, int columns) {
    this.name = name;
    this.byInput = byInput;
    this.columns = columns;
    this.height = byInput ? in : out;
    this.width = byInput ? out : in;
    int stride = Padding.padded(width);
    this.w =
        isInPanels() ? Panels.floats(name, height, stride, columns) : new float[height][stride];
    Tensor matrix =
        isInPanels() ? Tensor.view(w, height, width, columns) : Tensor.view(w, height, width);
    this.weight = byInput ? matrix.t() : matrix;
    this.b = bias ? new float[Padding.padded(out)] : null;
    this.bias = bias ? Tensor.view(b, out) : null;
  }

  /**
   * Zeros, with a row for each input.
   *
   * @param name the name of the layer
   * @param in the number of inputs
   * @param out the number of outputs
   * @param bias whether there is a bias
   */
  public static FloatLinear byInput(String name, int in, int out, boolean bias) {
    return byInput(name, in, out, bias, 0);
  }

  /**
   * Zeros, with a row for each input, in {@link Panels} of so many columns; 0 for an array a row.
   *
   * @throws IllegalArgumentException if an array cannot hold a panel
   */
  public static FloatLinear byInput(String name, int in, int out, boolean bias, int columns) {
    return new FloatLinear(name, in, out, bias, true, columns);
  }

  /**
   * Zeros, with a row for each output.
   *
   * @param name the name of the layer
   * @param in the number of inputs
   * @param out the number of outputs
   * @param bias whether there is a bias
   */
  public static FloatLinear byOutput(String name, int in, int out, boolean bias) {
    return byOutput(name, in, out, bias, 0);
  }

  /**
   * Zeros, with a row for each output, in {@link Panels} of so many columns; 0 for an array a row.
   *
   * @throws IllegalArgumentException if an array cannot hold a panel
   */
  public static FloatLinear byOutput(String name, int in, int out, boolean bias, int columns) {
    return new FloatLinear(name, in, out, bias, false, columns);
  }

  /** Zeros of the same shape and layout. */
  public FloatLinear like() {
    int in = byInput ? height : width;
    int out = byInput ? width : height;
    return new FloatLinear(name, in, out, b != null, byInput, columns);
  }

  private boolean isInPanels() {
    return columns > 0;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Tensor weight() {
    return weight;
  }

  @Override
  public Tensor bias() {
    if (bias == null) {
      throw new NoSuchElementException(
          "layer \"" + name + "\" has no bias: it was declared with bias = false");
    }
    return bias;
  }

  /** Takes over the values of another layer of the same shape and layout. */
  public void copyFrom(FloatLinear other) {
    for (int i = 0; i < w.length; i++) {
      for (int from = 0; from < w[i].length; from += stride(i)) {
        System.arraycopy(other.w[i], from, w[i], from, values(i));
      }
    }
    if (b != null) {
      System.arraycopy(other.b, 0, b, 0, biases());
    }
  }

  /** How far apart rows begin in an array of {@link #w}, which is one row or a panel of them. */
  public int stride(int array) {
    return isInPanels() ? w[array].length / height : w[array].length;
  }

  /** How many values of a row an array of {@link #w} holds; the rest of the stride is padding, which in-place loops leave alone. */
  public int values(int array) {
    return isInPanels() ? Math.min(columns, width - array * columns) : width;
  }

  /** How many values of {@link #b} are biases; the rest is padding. */
  public int biases() {
    return byInput ? width : height;
  }

  /** Sets all values to zero. */
  public void zero() {
    for (float[] row : w) {
      Arrays.fill(row, 0f);
    }
    if (b != null) {
      Arrays.fill(b, 0f);
    }
  }

  /** The sum of the squares of all values, row by row in double; padding does not count. */
  public double sumOfSquares() {
    double sum = 0;
    for (int row = 0; row < height; row++) {
      if (isInPanels()) {
        for (int p = 0; p < w.length; p++) {
          sum = addSquares(sum, w[p], row * stride(p), values(p));
        }
      } else {
        sum = addSquares(sum, w[row], 0, width);
      }
    }
    return b == null ? sum : addSquares(sum, b, 0, biases());
  }

  private static double addSquares(double sum, float[] values, int from, int length) {
    double result = sum;
    for (int j = from; j < from + length; j++) {
      result += (double) values[j] * values[j];
    }
    return result;
  }

  /** Whether all values are zero. */
  public boolean isZero() {
    for (int i = 0; i < w.length; i++) {
      for (int from = 0; from < w[i].length; from += stride(i)) {
        if (!isZero(w[i], from, values(i))) {
          return false;
        }
      }
    }
    return b == null || isZero(b, 0, biases());
  }

  private static boolean isZero(float[] row, int from, int length) {
    for (int j = from; j < from + length; j++) {
      if (row[j] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Multiplies all values. */
  public void scale(double factor) {
    for (int i = 0; i < w.length; i++) {
      for (int from = 0; from < w[i].length; from += stride(i)) {
        scale(w[i], from, values(i), (float) factor);
      }
    }
    if (b != null) {
      scale(b, 0, biases(), (float) factor);
    }
  }

  private static void scale(float[] row, int from, int length, float factor) {
    for (int j = from; j < from + length; j++) {
      row[j] *= factor;
    }
  }

  /** Takes all values between {@code -limit} and {@code limit}. */
  public void clamp(double limit) {
    for (int i = 0; i < w.length; i++) {
      for (int from = 0; from < w[i].length; from += stride(i)) {
        clamp(w[i], from, values(i), (float) limit);
      }
    }
    if (b != null) {
      clamp(b, 0, biases(), (float) limit);
    }
  }

  private static void clamp(float[] row, int from, int length, float limit) {
    for (int j = from; j < from + length; j++) {
      row[j] = Math.min(Math.max(row[j], -limit), limit);
    }
  }
}
