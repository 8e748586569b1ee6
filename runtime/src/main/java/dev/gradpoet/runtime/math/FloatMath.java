package dev.gradpoet.runtime.math;

/**
 * The float32 functions that generated networks call: polynomials whose bits are the same on every
 * Java virtual machine, within 2 ulp of the real value.
 *
 * <p>{@code Math.exp} may differ in its last bit from platform to platform; here every operation is
 * one whose result the Java language specifies exactly. Each method is a straight line of float
 * {@code fma}, addition, subtraction, multiplication, division and absolute value, of comparisons
 * that select one of two finished values, and of additions, masks and shifts of bit patterns; so a
 * vector twin that does the same operations on each lane gives the same bits. {@code Math.min} and
 * {@code Math.max} are not used: nothing here depends on how they treat NaN and signed zeros.
 *
 * <p>Common to all: a NaN gives a NaN (which of the NaN bit patterns is left open), a comparison
 * with NaN is false, so NaN always takes the value after the colon of a selection. No function
 * decreases from one float to the next. The errors named at the methods are the largest, measured
 * against {@code StrictMath} in double, in units of the last place of the correctly rounded result.
 * Both statements were checked for all 2<sup>32</sup> arguments.
 *
 * <p>The polynomials are near-minimax in relative error: fitted on Chebyshev points by Lawson's
 * iteratively reweighted least squares to values of 40 digits, the coefficients rounded to float
 * one by one, lowest first, with the others fitted anew after each.
 */
public final class FloatMath {

  /** 1.5 * 2^23: adding it rounds to a whole number, which is then in the low bits of the sum. */
  private static final float ROUNDER = 0x1.8p23f;

  /** The bit pattern of {@link #ROUNDER}. */
  private static final int ROUNDER_BITS = 0x4b400000;

  private static final float LOG2_E = 0x1.715476p0f;

  /** ln 2 rounded to float, and what is left of it. */
  private static final float LN2_HIGH = 0x1.62e43p-1f;

  private static final float LN2_LOW = -0x1.05c61p-29f;

  /** The bit pattern of 0.75, the lower end of the logarithms' reduced argument. */
  private static final int THREE_QUARTERS_BITS = 0x3f400000;

  /** Below this in absolute value, expm1(x) and log1p(x) are x. */
  private static final float TINY = 0x1p-25f;

  private FloatMath() {}

  /**
   * e<sup>x</sup>; 0 for minus infinity, infinity above 88.72. Largest error: 0.982 ulp.
   *
   * <p>Cody and Waite's reduction {@code x = k ln 2 + r}, then {@code 2^k (1 + expm1(r))}. The
   * power of two is applied in two factors: each is a normal float, and the second product alone
   * rounds, where the result is subnormal or overflows.
   */
  public static float exp(float x) {
    float c = x < -104f ? -104f : x;
    c = c > 89f ? 89f : c;
    float t = Math.fma(c, LOG2_E, ROUNDER);
    float p = 1f + expm1Reduced(c, t - ROUNDER);
    int k = Float.floatToRawIntBits(t) - ROUNDER_BITS;
    int half = k >> 1;
    return p * powerOfTwo(half) * powerOfTwo(k - half);
  }

  /**
   * e<sup>x</sup> - 1, accurate near 0 too; -1 for minus infinity, -0 for -0. Largest error: 1.440
   * ulp, near 17, where {@code s - 1/2} rounds.
   *
   * <p>The reduction of {@link #exp}, then {@code 2 (s p + (s - 1/2))} with {@code s = 2^(k-1)},
   * because 2<sup>128</sup> is no float.
   */
  public static float expm1(float x) {
    float c = x < -18f ? -18f : x;
    c = c > 89f ? 89f : c;
    float t = Math.fma(c, LOG2_E, ROUNDER);
    float p = expm1Reduced(c, t - ROUNDER);
    float s = powerOfTwo(Float.floatToRawIntBits(t) - ROUNDER_BITS - 1);
    float y = 2f * Math.fma(p, s, s - 0.5f);
    return Math.abs(x) < TINY ? x : y;
  }

  /**
   * The natural logarithm; minus infinity for both zeros, NaN below 0, infinity for infinity.
   * Largest error: 0.929 ulp.
   *
   * <p>{@code x = 2^k (1 + f)} with 1 + f in [3/4, 3/2), read off the bits (a subnormal x is scaled
   * by 2<sup>23</sup> first), then {@code k ln 2 + log(1 + f)}.
   */
  public static float log(float x) {
    boolean subnormal = x < 0x1p-126f;
    int bits = Float.floatToRawIntBits(subnormal ? x * 0x1p23f : x);
    int k = (bits - THREE_QUARTERS_BITS) >> 23;
    float f = Float.intBitsToFloat(bits - (k << 23)) - 1f;
    float y = logReduced(f, subnormal ? toFloat(k) - 23f : toFloat(k));
    y = x < Float.POSITIVE_INFINITY ? y : x;
    y = x < 0f ? Float.NaN : y;
    return x == 0f ? Float.NEGATIVE_INFINITY : y;
  }

  /**
   * log(1 + x), accurate near 0 too; minus infinity for -1, NaN below -1, -0 for -0. Largest
   * error: 1.269 ulp.
   *
   * <p>k is that of {@link #log} for the rounded sum 1 + x; then {@code f = 2^-k x + (2^-k - 1)} is
   * exact up to k = 24 (save for the one x just below 1/2 whose sum rounds to 3/2), and beyond it
   * -1 is near enough: the sum's rounding needs no correction. It is computed from {@code 2^(2-k)}
   * and x/4, because 2<sup>-128</sup> is no normal float.
   */
  public static float log1p(float x) {
    int k = (Float.floatToRawIntBits(1f + x) - THREE_QUARTERS_BITS) >> 23;
    float s = powerOfTwo(2 - k);
    float f = Math.fma(0.25f * x, s, Math.fma(0.25f, s, -1f));
    float y = logReduced(f, toFloat(k));
    y = x < Float.POSITIVE_INFINITY ? y : x;
    y = x < -1f ? Float.NaN : y;
    y = x == -1f ? Float.NEGATIVE_INFINITY : y;
    return Math.abs(x) < TINY ? x : y;
  }

  /**
   * The hyperbolic tangent; 1 and -1 for the infinities, -0 for -0, odd to the last bit. Largest
   * error: 1.057 ulp.
   *
   * <p>With a = |x|: below 3/4 {@code a + a^3 Q(a^2)}, Q of degree 5 fitted on [0, 0.75^2] with an
   * error of 2<sup>-29.1</sup>; above {@code 1 - 2 / (exp(2 a) + 1)}; then the sign of x.
   */
  public static float tanh(float x) {
    float a = Math.abs(x);
    float z = a * a;
    float q = 0x1.c8975p-10f;
    q = Math.fma(q, z, -0x1.f662fep-8f);
    q = Math.fma(q, z, 0x1.5f9082p-6f);
    q = Math.fma(q, z, -0x1.b98108p-5f);
    q = Math.fma(q, z, 0x1.110ddap-3f);
    q = Math.fma(q, z, -0x1.55554ap-2f);
    float below = Math.fma(a * z, q, a);
    float above = 1f - 2f / (exp(2f * a) + 1f);
    float y = a < 0.75f ? below : above;
    int sign = Float.floatToRawIntBits(x) & 0x80000000;
    return Float.intBitsToFloat(Float.floatToRawIntBits(y) + sign);
  }

  /**
   * The error function, 2 / sqrt(pi) times the integral of e<sup>-t^2</sup> from 0 to x; 1 and -1 for
   * the infinities, -0 for -0, odd to the last bit. Largest error: 1.3 ulp, sampled.
   *
   * <p>With a = |x|: below 27/32 {@code a + a Q(a^2)}, Q of degree 5 fitted on [0, 27/32]; above
   * {@code 1 - exp(a P(a))} with P of degree 6 fitted to log(1 - erf(a)) / a up to 3.95, where the
   * float nearest to the result is 1; then the sign of x.
   */
  public static float erf(float x) {
    float a = Math.abs(x);
    float z = a * a;
    float q = -0x1.4e3b52p-11f;
    q = Math.fma(q, z, 0x1.4bbc48p-8f);
    q = Math.fma(q, z, -0x1.b73f58p-6f);
    q = Math.fma(q, z, 0x1.ce25e8p-4f);
    q = Math.fma(q, z, -0x1.812728p-2f);
    q = Math.fma(q, z, 0x1.06eba8p-3f);
    float below = Math.fma(q, a, a);
    float t = a > 3.95f ? 3.95f : a;
    float g = -0x1.f7a72ap-18f;
    g = Math.fma(g, t, 0x1.2c319ap-12f);
    g = Math.fma(g, t, -0x1.ca66cap-9f);
    g = Math.fma(g, t, 0x1.8068ecp-6f);
    g = Math.fma(g, t, -0x1.b1c22cp-4f);
    g = Math.fma(g, t, -0x1.454cacp-1f);
    g = Math.fma(g, t, -0x1.20ebfcp0f);
    float above = 1f - exp(g * t);
    float y = a > 0.84375f ? above : below;
    int sign = Float.floatToRawIntBits(x) & 0x80000000;
    float signed = Float.intBitsToFloat(Float.floatToRawIntBits(y) + sign);
    return x == x ? signed : x;
  }

  /**
   * 1 / (1 + e<sup>-x</sup>); 0 for minus infinity, accurate in the subnormal tail too. Largest
   * error: 1.480 ulp.
   *
   * <p>With {@code e = exp(-|x|)} and {@code d = 1 + e}: {@code 1/d} for x &gt;= 0, {@code e/d}
   * below. One Newton step takes back the rounding of both the sum and the quotient, 1/d being
   * known as the quotient itself or as one minus it; without it the error is 2.4 ulp.
   */
  public static float sigmoid(float x) {
    float e = exp(-Math.abs(x));
    float d = 1f + e;
    float lost = e - (d - 1f);
    float numerator = x >= 0f ? 1f : e;
    float y = numerator / d;
    float rest = Math.fma(-y, lost, Math.fma(-y, d, numerator));
    return Math.fma(rest, x >= 0f ? y : 1f - y, y);
  }

  /**
   * {@code expm1(r)} for {@code r = x - n ln 2}, n = x / ln 2 rounded to a whole number: {@code r +
   * r^2 Q(r)}, Q of degree 5 fitted on |r| &lt;= 0.3467 with an error of 2<sup>-31.1</sup>. With
   * fma, the high part of ln 2 needs no trailing zeros.
   */
  private static float expm1Reduced(float x, float n) {
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
    float q = 0x1.9e73a8p-13f;
    q = Math.fma(q, r, 0x1.6d3a4ap-10f);
    q = Math.fma(q, r, 0x1.1112d8p-7f);
    q = Math.fma(q, r, 0x1.5554f8p-5f);
    q = Math.fma(q, r, 0x1.555554p-3f);
    q = Math.fma(q, r, 0.5f);
    return Math.fma(r * r, q, r);
  }

  /**
   * {@code n ln 2 + log(1 + f)} for f in [-1/4, 1/2]: {@code log(1 + f) = f + f^2 (-1/2 + f Q(f))},
   * Q of degree 7 fitted with an error of 2<sup>-27.6</sup>.
   */
  private static float logReduced(float f, float n) {
    float q = -0x1.71e354p-5f;
    q = Math.fma(q, f, 0x1.acf4bap-4f);
    q = Math.fma(q, f, -0x1.0d98f2p-3f);
    q = Math.fma(q, f, 0x1.28807ap-3f);
    q = Math.fma(q, f, -0x1.54ed96p-3f);
    q = Math.fma(q, f, 0x1.99699ep-3f);
    q = Math.fma(q, f, -0x1.00004ap-2f);
    q = Math.fma(q, f, 0x1.5555a4p-2f);
    q = Math.fma(q, f, -0.5f);
    float y = Math.fma(f * f, q, f);
    return Math.fma(n, LN2_HIGH, Math.fma(n, LN2_LOW, y));
  }

  /** 2<sup>k</sup> for k from -126 to 127. */
  private static float powerOfTwo(int k) {
    return Float.intBitsToFloat((k + 127) << 23);
  }

  /** A whole number of at most 22 bits as a float: {@link #ROUNDER} the other way round. */
  private static float toFloat(int k) {
    return Float.intBitsToFloat(k + ROUNDER_BITS) - ROUNDER;
  }
}
