package dev.gradpoet.runtime.support;

import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Tensor;
import java.util.Arrays;
import java.util.NoSuchElementException;

/**
 * The parameters of a linear layer in {@code double}, or their gradients, or what an optimizer remembers of each. Rows are padded
 * with zeros to a multiple of 16 values; kernels leave the padding zero.
 */
public final class DoubleLinear implements Layer {

  /** The weight: {@code w[i][o]} of a layer stored by input, {@code w[o][i]} of one stored by output. */
  public final double[][] w;

  /** The bias, padded; null for a layer without. */
  public final double[] b;

  private final String name;
  private final Tensor weight;
  private final Tensor bias;
  private final boolean byInput;

  private DoubleLinear(
      String name, double[][] w, Tensor weight, int out, boolean bias, boolean byInput) {
    this.byInput = byInput;
    this.name = name;
    this.w = w;
    this.weight = weight;
    this.b = bias ? new double[Padding.padded(out)] : null;
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
  public static DoubleLinear byInput(String name, int in, int out, boolean bias) {
    double[][] w = new double[in][Padding.padded(out)];
    return new DoubleLinear(name, w, Tensor.view(w, in, out).t(), out, bias, true);
  }

  /**
   * Zeros, with a row for each output.
   *
   * @param name the name of the layer
   * @param in the number of inputs
   * @param out the number of outputs
   * @param bias whether there is a bias
   */
  public static DoubleLinear byOutput(String name, int in, int out, boolean bias) {
    double[][] w = new double[out][Padding.padded(in)];
    return new DoubleLinear(name, w, Tensor.view(w, out, in), out, bias, false);
  }

  /** Zeros of the same shape and layout. */
  public DoubleLinear like() {
    double[][] rows = new double[w.length][w[0].length];
    int[] shape = weight.shape();
    Tensor view =
        byInput ? Tensor.view(rows, shape[1], shape[0]).t() : Tensor.view(rows, shape[0], shape[1]);
    return new DoubleLinear(name, rows, view, shape[0], b != null, byInput);
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
  public void copyFrom(DoubleLinear other) {
    for (int i = 0; i < w.length; i++) {
      System.arraycopy(other.w[i], 0, w[i], 0, w[i].length);
    }
    if (b != null) {
      System.arraycopy(other.b, 0, b, 0, b.length);
    }
  }

  /** Sets all values to zero. */
  public void zero() {
    for (double[] row : w) {
      Arrays.fill(row, 0.0);
    }
    if (b != null) {
      Arrays.fill(b, 0.0);
    }
  }

  /** The sum of the squares of all values, row by row in double. */
  double sumOfSquares() {
    double sum = 0;
    for (double[] row : w) {
      for (double value : row) {
        sum += value * value;
      }
    }
    if (b != null) {
      for (double value : b) {
        sum += value * value;
      }
    }
    return sum;
  }

  /** Multiplies all values. */
  void scale(double factor) {
    for (double[] row : w) {
      scale(row, factor);
    }
    if (b != null) {
      scale(b, factor);
    }
  }

  private static void scale(double[] row, double factor) {
    for (int j = 0; j < row.length; j++) {
      row[j] *= factor;
    }
  }

  /** Takes all values between {@code -limit} and {@code limit}. */
  void clamp(double limit) {
    for (double[] row : w) {
      clamp(row, limit);
    }
    if (b != null) {
      clamp(b, limit);
    }
  }

  private static void clamp(double[] row, double limit) {
    for (int j = 0; j < row.length; j++) {
      row[j] = Math.min(Math.max(row[j], -limit), limit);
    }
  }
}
