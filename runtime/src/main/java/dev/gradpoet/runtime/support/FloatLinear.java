package dev.gradpoet.runtime.support;

import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Tensor;
import java.util.Arrays;
import java.util.NoSuchElementException;

/**
 * The parameters of a linear layer in {@code float}, or their gradients, or what an optimizer remembers of each. Rows are padded
 * with zeros to a multiple of 16 values; kernels leave the padding zero.
 */
public final class FloatLinear implements Layer {

  /** The weight: {@code w[i][o]} of a layer stored by input, {@code w[o][i]} of one stored by output. */
  public final float[][] w;

  /** The bias, padded; null for a layer without. */
  public final float[] b;

  private final String name;
  private final Tensor weight;
  private final Tensor bias;
  private final boolean byInput;

  private FloatLinear(
      String name, float[][] w, Tensor weight, int out, boolean bias, boolean byInput) {
    this.byInput = byInput;
    this.name = name;
    this.w = w;
    this.weight = weight;
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
    float[][] w = new float[in][Padding.padded(out)];
    return new FloatLinear(name, w, Tensor.view(w, in, out).t(), out, bias, true);
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
    float[][] w = new float[out][Padding.padded(in)];
    return new FloatLinear(name, w, Tensor.view(w, out, in), out, bias, false);
  }

  /** Zeros of the same shape and layout. */
  public FloatLinear like() {
    float[][] rows = new float[w.length][w[0].length];
    int[] shape = weight.shape();
    Tensor view =
        byInput ? Tensor.view(rows, shape[1], shape[0]).t() : Tensor.view(rows, shape[0], shape[1]);
    return new FloatLinear(name, rows, view, shape[0], b != null, byInput);
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
      System.arraycopy(other.w[i], 0, w[i], 0, w[i].length);
    }
    if (b != null) {
      System.arraycopy(other.b, 0, b, 0, b.length);
    }
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

  /** The sum of the squares of all values, row by row in double. */
  double sumOfSquares() {
    double sum = 0;
    for (float[] row : w) {
      for (float value : row) {
        sum += (double) value * value;
      }
    }
    if (b != null) {
      for (float value : b) {
        sum += (double) value * value;
      }
    }
    return sum;
  }

  /** Multiplies all values. */
  void scale(double factor) {
    for (float[] row : w) {
      scale(row, (float) factor);
    }
    if (b != null) {
      scale(b, (float) factor);
    }
  }

  private static void scale(float[] row, float factor) {
    for (int j = 0; j < row.length; j++) {
      row[j] *= factor;
    }
  }

  /** Takes all values between {@code -limit} and {@code limit}. */
  void clamp(double limit) {
    for (float[] row : w) {
      clamp(row, (float) limit);
    }
    if (b != null) {
      clamp(b, (float) limit);
    }
  }

  private static void clamp(float[] row, float limit) {
    for (int j = 0; j < row.length; j++) {
      row[j] = Math.min(Math.max(row[j], -limit), limit);
    }
  }
}
