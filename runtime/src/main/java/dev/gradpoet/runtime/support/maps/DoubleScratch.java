package dev.gradpoet.runtime.support.maps;

import java.util.Arrays;

/**
 * Scratch of the backward pass of convolutions, for one sample.
 *
 * @param sums the sums of the gradients of a weight and then of the bias in one array, for vector kernels
 * @param rows the same in rows, for plain kernels and for groups, and one row more
 * @param windows the gradient of all windows
 * @param last the gradient of an output with the channels last
 */
public record DoubleScratch(double[] sums, double[][] rows, double[] windows, double[] last) {

  /**
   * Sets the sums of a matrix to zero.
   *
   * @param columns the columns of the matrix's panels, whose sums are in one array; 0 if they are in rows
   */
  public void clear(int height, int width, int columns) {
    if (columns > 0) {
      Arrays.fill(sums, 0, height * stride(width), 0.0);
      return;
    }
    for (int i = 0; i < height; i++) {
      Arrays.fill(rows[i], 0, width, 0.0);
    }
  }

  /**
   * Adds sums of rows of the matrix, times a factor, to the matrix.
   *
   * @param from the first of these rows
   * @param height their number
   */
  public void addTo(double[][] d, int from, int height, int width, double factor, int columns) {
    int stride = stride(width);
    for (int i = 0; i < height; i++) {
      if (columns == 0) {
        DoubleMaps.addRow(rows[i], 0, factor, d[from + i], 0, width);
        continue;
      }
      for (int panel = 0, o = 0; o < width; panel++, o += columns) {
        int own = Math.min(columns, stride - o);
        DoubleMaps.addRow(
            sums, i * stride + o, factor, d[panel], (from + i) * own, Math.min(own, width - o));
      }
    }
  }

  /** Adds the sums of a row, times a factor, to a vector. */
  public void addTo(double[] d, int row, int width, double factor, int columns) {
    if (columns == 0) {
      DoubleMaps.addRow(rows[row], 0, factor, d, 0, width);
    } else {
      DoubleMaps.addRow(sums, row * stride(width), factor, d, 0, width);
    }
  }

  private static int stride(int width) {
    return (width + 15) / 16 * 16;
  }
}
