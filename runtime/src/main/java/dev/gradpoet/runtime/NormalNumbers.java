package dev.gradpoet.runtime;

import dev.gradpoet.DType;

/**
 * The standard normal numbers of {@code torch.randn}: the Box-Muller transform of uniform numbers, in pairs for small draws and in blocks for large
 * ones.
 */
final class NormalNumbers {

  /** The number of values from which PyTorch draws in blocks. */
  private static final int BLOCK = 16;

  private final MersenneTwister twister;
  private double cached;

  /**
   * Draws from a stream of uniform numbers.
   *
   * @param cached a value of {@link #cached}
   */
  NormalNumbers(MersenneTwister twister, double cached) {
    this.twister = twister;
    this.cached = cached;
  }

  /** The second number of a pair, cached for the next small draw; NaN if none is cached. */
  double cached() {
    return cached;
  }

  /** The next {@code n} numbers; the dtype determines the number of bits of the uniform numbers in blocks. */
  double[] draw(int n, DType dtype) {
    return n < BLOCK ? few(n) : many(n, dtype);
  }

  /** Draws pairs by the Box-Muller transform, in double; an unused second number of the last pair is cached. */
  private double[] few(int n) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      if (!Double.isNaN(cached)) {
        values[i] = cached;
        cached = Double.NaN;
        continue;
      }
      double u1 = twister.nextDouble();
      double u2 = twister.nextDouble();
      double radius = StrictMath.sqrt(-2 * StrictMath.log1p(-u2));
      double theta = 2 * Math.PI * u1;
      values[i] = radius * StrictMath.cos(theta);
      cached = radius * StrictMath.sin(theta);
    }
    return values;
  }

  /** Draws blocks of 16 by the Box-Muller transform. If the last block is incomplete, the last 16 values are drawn again. */
  private double[] many(int n, DType dtype) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = unit(dtype);
    }
    for (int from = 0; from + BLOCK <= n; from += BLOCK) {
      transformBlock(values, from);
    }
    if (n % BLOCK != 0) {
      for (int i = n - BLOCK; i < n; i++) {
        values[i] = unit(dtype);
      }
      transformBlock(values, n - BLOCK);
    }
    return values;
  }

  private static void transformBlock(double[] values, int from) {
    for (int j = from; j < from + BLOCK / 2; j++) {
      double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - values[j]));
      double theta = 2 * Math.PI * values[j + BLOCK / 2];
      values[j] = radius * StrictMath.cos(theta);
      values[j + BLOCK / 2] = radius * StrictMath.sin(theta);
    }
  }

  private double unit(DType dtype) {
    return dtype == DType.FLOAT32 ? twister.nextFloat() : twister.nextDouble();
  }
}
