package dev.gradpoet.runtime.support.maps;

/**
 * The windows of a convolution or a pooling: the shape {@code [C, H, W]} of the samples that they read, and how a kernel moves over these. A signal has the
 * height 1.
 *
 * @param channels the channels of a sample
 * @param height the height of a sample
 * @param width the width of a sample
 * @param rows the height of the kernel
 * @param columns the width of the kernel
 * @param strideY the vertical distance between windows
 * @param strideX the horizontal distance between windows
 * @param top the padding above a sample
 * @param left the padding to the left of a sample
 * @param dilationY the vertical distance between the values of a window
 * @param dilationX the horizontal distance between the values of a window
 * @param outputHeight the height of the output
 * @param outputWidth the width of the output
 */
public record Window(
    int channels,
    int height,
    int width,
    int rows,
    int columns,
    int strideY,
    int strideX,
    int top,
    int left,
    int dilationY,
    int dilationX,
    int outputHeight,
    int outputWidth) {

  /** The row of a sample that a value of a window is read from; outside of the sample in the padding. */
  int y(int window, int tap) {
    return window * strideY - top + tap * dilationY;
  }

  /** The column of a sample that a value of a window is read from; outside of the sample in the padding. */
  int x(int window, int tap) {
    return window * strideX - left + tap * dilationX;
  }

  /** Whether a row and a column are in the sample, not in the padding. */
  boolean contains(int y, int x) {
    return y >= 0 && y < height && x >= 0 && x < width;
  }

  /** The number of values of a window that are not padding. */
  int inside(int outputY, int outputX) {
    int count = 0;
    for (int ky = 0; ky < rows; ky++) {
      for (int kx = 0; kx < columns; kx++) {
        count += contains(y(outputY, ky), x(outputX, kx)) ? 1 : 0;
      }
    }
    return count;
  }
}
