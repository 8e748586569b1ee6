package dev.gradpoet.processor.emit.kernel.vector;

import static dev.gradpoet.processor.emit.kernel.vector.VectorCode.compare;
import static dev.gradpoet.processor.emit.kernel.vector.VectorCode.number;

import com.palantir.javapoet.CodeBlock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Prints the functions of the runtime's {@code FloatMath} on whole vectors: the same operations in the same order on each lane, so the same bits;
 * operations that cannot change a bit, such as a limit that no argument reaches, are omitted. They are printed inline, because a vector that is
 * passed to a method that is not inlined is allocated as an object.
 *
 * <p>Every operation counts towards the limit of {@link VectorNodes}.
 */
final class VectorMath {

  private static final double LOG2_E = 0x1.715476p0;
  private static final double LN2_HIGH = 0x1.62e43p-1;
  private static final double LN2_LOW = -0x1.05c61p-29;

  /** From here on {@code 1 - 2 / (e^x + 1)} is 1. */
  private static final double TANH_IS_ONE = 40;

  private static final double TINY = 0x1p-25;

  private final VectorCode code;
  private final FloatBits bits;

  /** The exponentials computed so far, by argument: a derivative may need one twice. */
  private final Map<CodeBlock, CodeBlock> exponentials = new HashMap<>();

  VectorMath(VectorCode code) {
    this.code = code;
    this.bits = new FloatBits(code);
  }

  /** {@code e^x}. */
  CodeBlock exp(CodeBlock x) {
    return exp(x, () -> scaledTwice(clamp(x, -104, 89)));
  }

  /** {@code e^x} for x up to 0. */
  CodeBlock expOfNegative(CodeBlock x) {
    return exp(x, () -> scaledDown(atLeast(x, -104)));
  }

  /** {@code e^x} for x from -87 to 88, where 2<sup>k</sup> is a float. */
  private CodeBlock expOfModerate(CodeBlock x) {
    code.comment("FloatMath.exp(" + x + ")");
    CodeBlock t = rounded(x);
    return code.floats("exp", "$L.mul($L)", expReduced(x, t), powerOfTwo(bits.whole(t)));
  }

  /** {@code e^x + 1} for x of the same range: the product with 2<sup>k</sup> is exact, so that only the sum is rounded. */
  private CodeBlock expPlusOneOfModerate(CodeBlock x) {
    code.comment("FloatMath.exp(" + x + ") + 1");
    CodeBlock t = rounded(x);
    return code.floats("d", "$L.fma($L, $L)", expReduced(x, t), powerOfTwo(bits.whole(t)), one());
  }

  private CodeBlock exp(CodeBlock x, Supplier<CodeBlock> value) {
    CodeBlock known = exponentials.get(x);
    if (known == null) {
      code.comment("FloatMath.exp(" + x + ")");
      known = code.floats("exp", "$L", value.get());
      exponentials.put(x, known);
    }
    return known;
  }

  /** Scales by 2<sup>k/2</sup> and by the rest, which are floats even if 2<sup>k</sup> is not. */
  private CodeBlock scaledTwice(CodeBlock x) {
    CodeBlock t = rounded(x);
    CodeBlock p = expReduced(x, t);
    CodeBlock k = bits.whole(t);
    CodeBlock half = code.ints("half", "$L.lanewise($T.ASHR, 1)", k, Vectors.OPERATORS);
    CodeBlock rest = CodeBlock.of("$L.sub($L)", k, half);
    return CodeBlock.of("$L.mul($L)\n.mul($L)", p, powerOfTwo(half), powerOfTwo(rest));
  }

  /** Scales by 2<sup>k + 64</sup>, which is a float for every k of a negative argument, and then down, the only step that may round. */
  private CodeBlock scaledDown(CodeBlock x) {
    CodeBlock t = rounded(x);
    CodeBlock p = expReduced(x, t);
    return CodeBlock.of(
        "$L.mul($L)\n.mul($L)",
        p,
        FloatBits.scaled(FloatBits.TWO_TO_64, bits.whole(t)),
        code.all(0x1p-64));
  }

  /** {@code e^x - 1}. */
  CodeBlock expm1(CodeBlock x) {
    code.comment("FloatMath.expm1(" + x + ")");
    CodeBlock c = clamp(x, -18, 89);
    CodeBlock t = rounded(c);
    CodeBlock p = code.floats("p", "$L", expm1Reduced(c, t));
    CodeBlock s = code.floats("s", "$L", FloatBits.scaled(FloatBits.HALF, bits.whole(t)));
    CodeBlock y = CodeBlock.of("$L.fma($L, $L.sub($L)).mul($L)", p, s, s, number(0.5), number(2));
    return code.floats("expm1", "$L.blend($L, $L)", y, x, isTiny(x));
  }

  /** The natural logarithm. */
  CodeBlock log(CodeBlock x) {
    code.comment("FloatMath.log(" + x + ")");
    CodeBlock subnormal = compare(x, "LT", number(0x1p-126));
    CodeBlock ofX = code.ints(
        "bits", "$L.blend($L.mul($L), $L).reinterpretAsInts()", x, x, number(0x1p23), subnormal);
    CodeBlock k = bits.exponent(ofX);
    CodeBlock f = code.floats(
        "f",
        "$L.sub($L.lanewise($T.LSHL, 23)).reinterpretAsFloats().sub($L)",
        ofX,
        k,
        Vectors.OPERATORS,
        number(1));
    CodeBlock whole = code.floats("whole", "$L", FloatBits.toFloat(k));
    CodeBlock n = code.floats("n", "$L.blend($L.sub($L), $L)", whole, whole, number(23), subnormal);
    CodeBlock y = logReduced(f, n);
    y = code.floats("log", "$L.blend($L, $L)", x, y, isBelowInfinity(x));
    code.assign(y, "$L.blend($T.NaN, $L)", y, Float.class, compare(x, "LT", number(0)));
    code.assign(
        y, "$L.blend($T.NEGATIVE_INFINITY, $L)", y, Float.class, compare(x, "EQ", number(0)));
    return y;
  }

  /** {@code log(1 + x)}. */
  CodeBlock log1p(CodeBlock x) {
    CodeBlock y = code.floats("log1p", "$L.blend($L, $L)", x, log1pReduced(x), isBelowInfinity(x));
    code.assign(y, "$L.blend($T.NaN, $L)", y, Float.class, compare(x, "LT", number(-1)));
    code.assign(
        y, "$L.blend($T.NEGATIVE_INFINITY, $L)", y, Float.class, compare(x, "EQ", number(-1)));
    code.assign(y, "$L.blend($L, $L)", y, x, isTiny(x));
    return y;
  }

  /** {@code log(1 + x)} for x from 0 to 1. */
  CodeBlock log1pOfFraction(CodeBlock x) {
    CodeBlock isTiny = compare(x, "LT", number(TINY));
    return code.floats("log1p", "$L.blend($L, $L)", log1pReduced(x), x, isTiny);
  }

  private CodeBlock log1pReduced(CodeBlock x) {
    code.comment("FloatMath.log1p(" + x + ")");
    CodeBlock k = bits.exponent(CodeBlock.of("$L.add($L).reinterpretAsInts()", x, number(1)));
    CodeBlock s =
        code.floats("s", "$L", FloatBits.scaled(FloatBits.FOUR, CodeBlock.of("$L.neg()", k)));
    CodeBlock f = code.floats(
        "f",
        "$L.mul($L).fma($L, $L.fma($L, $L))",
        x,
        number(0.25),
        s,
        code.all(0.25),
        s,
        code.all(-1));
    return logReduced(f, code.floats("n", "$L", FloatBits.toFloat(k)));
  }

  /** The hyperbolic tangent. */
  CodeBlock tanh(CodeBlock x) {
    CodeBlock a = code.floats("a", "$L.abs()", x);
    CodeBlock twice = code.floats("twice", "$L.add($L)", a, a);
    CodeBlock sign = bits.sign(x, a);
    CodeBlock d = expPlusOneOfModerate(atMost(twice, TANH_IS_ONE));
    code.comment("FloatMath.tanh(" + x + ")");
    CodeBlock z = code.floats("z", "$L.mul($L)", a, a);
    CodeBlock q = code.horner(Polynomial.TANH, z);
    CodeBlock below = CodeBlock.of("$L.mul($L).fma($L, $L)", a, z, q, a);
    CodeBlock above = code.floats("above", "$L.sub($L.div($L))", one(), code.all(2), d);
    CodeBlock y =
        code.floats("y", "$L.blend($L, $L)", above, below, compare(a, "LT", code.all(0.75)));
    return code.floats("tanh", "$L", FloatBits.withSign(y, sign));
  }

  /** The error function. */
  CodeBlock erf(CodeBlock x) {
    code.comment("FloatMath.erf(" + x + ")");
    CodeBlock a = code.floats("a", "$L.abs()", x);
    CodeBlock sign = bits.sign(x, a);
    CodeBlock z = code.floats("z", "$L.mul($L)", a, a);
    CodeBlock below = code.floats("below", "$L.fma($L, $L)", code.horner(Polynomial.ERF, z), a, a);
    CodeBlock t = atMost(a, 3.95f);
    CodeBlock g = code.horner(Polynomial.LOG_ERFC, t);
    CodeBlock e = expOfModerate(code.floats("logErfc", "$L.mul($L)", g, t));
    CodeBlock above = CodeBlock.of("$L.sub($L)", one(), e);
    CodeBlock y =
        code.floats("y", "$L.blend($L, $L)", below, above, compare(a, "GT", number(0.84375)));
    return code.floats("erf", "$L", FloatBits.withSign(y, sign));
  }

  /** {@code 1 / (1 + e^-x)}. */
  CodeBlock sigmoid(CodeBlock x) {
    CodeBlock e = expOfNegative(code.floats("negative", "$L.abs().neg()", x));
    code.comment("FloatMath.sigmoid(" + x + ")");
    CodeBlock d = code.floats("d", "$L.add($L)", e, one());
    CodeBlock lost = code.floats("lost", "$L.sub($L.sub($L))", e, d, one());
    CodeBlock positive = code.mask("positive", compare(x, "GE", number(0)));
    CodeBlock numerator = code.floats("numerator", "$L.blend($L, $L)", e, one(), positive);
    CodeBlock y = code.floats("y", "$L.div($L)", numerator, d);
    CodeBlock minus = code.floats("minus", "$L.neg()", y);
    CodeBlock rest =
        code.floats("rest", "$L.fma($L, $L.fma($L, $L))", minus, lost, minus, d, numerator);
    CodeBlock reciprocal = CodeBlock.of("$L.sub($L).blend($L, $L)", one(), y, y, positive);
    return code.floats("sigmoid", "$L.fma($L, $L)", rest, reciprocal, y);
  }

  private CodeBlock clamp(CodeBlock x, double low, double high) {
    // low is below high, so x itself can be compared with high
    return code.floats("c", "$L", limit(limit(x, x, "LT", low), x, "GT", high));
  }

  private CodeBlock atLeast(CodeBlock x, double low) {
    return code.floats("c", "$L", limit(x, x, "LT", low));
  }

  private CodeBlock atMost(CodeBlock x, double high) {
    return code.floats("c", "$L", limit(x, x, "GT", high));
  }

  /** {@code value.blend(low, x.compare(VectorOperators.LT, low))}. */
  private CodeBlock limit(CodeBlock value, CodeBlock x, String beyond, double limit) {
    CodeBlock all = code.floats(beyond.equals("LT") ? "low" : "high", "$L", code.all(limit));
    return CodeBlock.of("$L.blend($L, $L)", value, all, compare(x, beyond, all));
  }

  private CodeBlock one() {
    return code.floats("one", "$L", code.all(1));
  }

  private CodeBlock rounder() {
    return code.floats("rounder", "$L", code.all(FloatBits.ROUNDER));
  }

  /** x / ln 2, rounded to a whole number in the low bits. */
  private CodeBlock rounded(CodeBlock x) {
    return code.floats("t", "$L.fma($L, $L)", x, code.all(LOG2_E), rounder());
  }

  private CodeBlock expReduced(CodeBlock x, CodeBlock rounded) {
    return code.floats("p", "$L.add($L)", expm1Reduced(x, rounded), one());
  }

  private CodeBlock expm1Reduced(CodeBlock x, CodeBlock rounded) {
    CodeBlock n = code.floats("n", "$L.sub($L)", rounded, rounder());
    CodeBlock high = CodeBlock.of("$L.fma($L, $L)", n, code.all(-LN2_HIGH), x);
    CodeBlock r = code.floats("r", "$L.fma($L, $L)", n, code.all(-LN2_LOW), high);
    CodeBlock q = code.horner(Polynomial.EXPM1, r);
    return CodeBlock.of("$L.mul($L).fma($L, $L)", r, r, q, r);
  }

  private CodeBlock logReduced(CodeBlock f, CodeBlock n) {
    CodeBlock q = code.horner(Polynomial.LOG, f);
    CodeBlock y = CodeBlock.of("$L.mul($L).fma($L, $L)", f, f, q, f);
    return code.floats(
        "sum", "$L.fma($L, $L.fma($L, $L))", n, code.all(LN2_HIGH), n, code.all(LN2_LOW), y);
  }

  private CodeBlock powerOfTwo(CodeBlock k) {
    return FloatBits.scaled(code.ints("unit", "$L.reinterpretAsInts()", one()), k);
  }

  private static CodeBlock isTiny(CodeBlock x) {
    return compare(CodeBlock.of("$L.abs()", x), "LT", number(TINY));
  }

  private static CodeBlock isBelowInfinity(CodeBlock x) {
    return compare(x, "LT", CodeBlock.of("$T.POSITIVE_INFINITY", Float.class));
  }
}
