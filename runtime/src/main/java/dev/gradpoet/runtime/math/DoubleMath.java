package dev.gradpoet.runtime.math;

/**
 * The float64 functions that generated networks call: those of {@code StrictMath}, whose bits the
 * Java platform fixes as fdlibm's, never {@code Math}'s; and fdlibm's error function.
 */
public final class DoubleMath {

  private DoubleMath() {}

  /** e<sup>x</sup>. */
  public static double exp(double x) {
    return StrictMath.exp(x);
  }

  /** e<sup>x</sup> - 1, accurate near 0 too. */
  public static double expm1(double x) {
    return StrictMath.expm1(x);
  }

  /** The error function, by the algorithm of fdlibm; 1 and -1 for the infinities. */
  public static double erf(double x) {
    return ErrorFunction.erf(x);
  }

  /** The natural logarithm; minus infinity for both zeros, NaN below 0. */
  public static double log(double x) {
    return StrictMath.log(x);
  }

  /** log(1 + x), accurate near 0 too; minus infinity for -1, NaN below -1. */
  public static double log1p(double x) {
    return StrictMath.log1p(x);
  }

  /** The hyperbolic tangent. */
  public static double tanh(double x) {
    return StrictMath.tanh(x);
  }

  /**
   * 1 / (1 + e<sup>-x</sup>). Below 0 it is computed as {@code e / (1 + e)} with {@code e =
   * exp(x)}, which keeps the negative tail accurate down to the subnormal numbers, where exp(-x)
   * has overflowed.
   */
  public static double sigmoid(double x) {
    double e = StrictMath.exp(-Math.abs(x));
    return (x >= 0 ? 1 : e) / (1 + e);
  }

  /**
   * {@code base} to a whole power of at least 0, by repeated squaring. {@code StrictMath.pow} would allocate its tables anew in each
   * call.
   */
  public static double power(double base, long exponent) {
    double result = 1;
    double square = base;
    for (long left = exponent; left > 0; left >>= 1) {
      if ((left & 1) != 0) {
        result *= square;
      }
      square *= square;
    }
    return result;
  }

  /**
   * {@code cos(pi k / n)}, by the Taylor series of sine and cosine up to {@code pi / 4}, exact where the value is -1, 0 or 1. {@code StrictMath.cos} would
   * allocate in each call since JDK 21.
   *
   * @param k at least 0, below 2^61
   * @param n at least 1, below 2^61
   */
  public static double cosPi(long k, long n) {
    long turn = k % (2 * n);
    long half = Math.min(turn, 2 * n - turn);
    boolean negative = 2 * half > n;
    long quarter = negative ? n - half : half;
    double value = 4 * quarter <= n
        ? smallCos(Math.PI * quarter / n)
        : smallSin(Math.PI / 2 * (n - 2 * quarter) / n);
    return negative ? -value : value;
  }

  private static double smallCos(double x) {
    double square = x * x;
    double sum = 1;
    for (int i = 18; i > 0; i -= 2) {
      sum = 1 - square / ((i - 1) * i) * sum;
    }
    return sum;
  }

  private static double smallSin(double x) {
    double square = x * x;
    double sum = 1;
    for (int i = 18; i > 0; i -= 2) {
      sum = 1 - square / (i * (i + 1)) * sum;
    }
    return x * sum;
  }
}
