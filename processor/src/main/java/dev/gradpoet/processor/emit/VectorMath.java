package dev.gradpoet.processor.emit;

import static dev.gradpoet.processor.emit.VectorCode.compare;
import static dev.gradpoet.processor.emit.VectorCode.number;

import com.palantir.javapoet.CodeBlock;
import java.util.HashMap;
import java.util.Map;

/**
 * Prints the functions of the runtime's {@code FloatMath} on whole vectors: the same operations in the same order on each lane, so the same
 * bits. They are statements in the place of use, because a vector that crosses a call which is not inlined becomes an object.
 */
final class VectorMath {

  private static final double ROUNDER = 0x1.8p23;
  private static final int ROUNDER_BITS = 0x4b400000;
  private static final double LOG2_E = 0x1.715476p0;
  private static final double LN2_HIGH = 0x1.62e43p-1;
  private static final double LN2_LOW = -0x1.05c61p-29;
  private static final int THREE_QUARTERS_BITS = 0x3f400000;
  private static final double TINY = 0x1p-25;

  private static final double[] EXPM1 = {
    0x1.9e73a8p-13, 0x1.6d3a4ap-10, 0x1.1112d8p-7, 0x1.5554f8p-5, 0x1.555554p-3, 0.5
  };
  private static final double[] LOG = {
    -0x1.71e354p-5,
    0x1.acf4bap-4,
    -0x1.0d98f2p-3,
    0x1.28807ap-3,
    -0x1.54ed96p-3,
    0x1.99699ep-3,
    -0x1.00004ap-2,
    0x1.5555a4p-2,
    -0.5
  };
  private static final double[] TANH = {
    0x1.c8975p-10, -0x1.f662fep-8, 0x1.5f9082p-6, -0x1.b98108p-5, 0x1.110ddap-3, -0x1.55554ap-2
  };
  private static final double[] ERF = {
    -0x1.4e3b52p-11, 0x1.4bbc48p-8, -0x1.b73f58p-6, 0x1.ce25e8p-4, -0x1.812728p-2, 0x1.06eba8p-3
  };
  private static final double[] LOG_ERFC = {
    -0x1.f7a72ap-18,
    0x1.2c319ap-12,
    -0x1.ca66cap-9,
    0x1.8068ecp-6,
    -0x1.b1c22cp-4,
    -0x1.454cacp-1,
    -0x1.20ebfcp0
  };

  private final VectorCode code;

  /** By their argument: a derivative may need one twice. */
  private final Map<CodeBlock, CodeBlock> exponentials = new HashMap<>();

  VectorMath(VectorCode code) {
    this.code = code;
  }

  /** {@code e^x}. */
  CodeBlock exp(CodeBlock x) {
    CodeBlock known = exponentials.get(x);
    if (known == null) {
      known = newExp(x);
      exponentials.put(x, known);
    }
    return known;
  }

  private CodeBlock newExp(CodeBlock x) {
    code.comment("FloatMath.exp(" + x + ")");
    CodeBlock c = clamp(x, -104, 89);
    CodeBlock t = rounded(c);
    CodeBlock p = code.floats("p", "$L.add($L)", expm1Reduced(c, t), number(1));
    CodeBlock k = code.ints("k", "$L.reinterpretAsInts().sub($L)", t, ROUNDER_BITS);
    CodeBlock half = code.ints("half", "$L.lanewise($T.ASHR, 1)", k, Vectors.OPERATORS);
    CodeBlock rest = CodeBlock.of("$L.sub($L)", k, half);
    return code.floats("exp", "$L.mul($L)\n.mul($L)", p, powerOfTwo(half), powerOfTwo(rest));
  }

  /** {@code e^x - 1}. */
  CodeBlock expm1(CodeBlock x) {
    code.comment("FloatMath.expm1(" + x + ")");
    CodeBlock c = clamp(x, -18, 89);
    CodeBlock t = rounded(c);
    CodeBlock p = code.floats("p", "$L", expm1Reduced(c, t));
    CodeBlock k = CodeBlock.of("$L.reinterpretAsInts().sub($L)", t, ROUNDER_BITS + 1);
    CodeBlock s = code.floats("s", "$L", powerOfTwo(k));
    CodeBlock y = CodeBlock.of("$L.fma($L, $L.sub($L)).mul($L)", p, s, s, number(0.5), number(2));
    return code.floats("expm1", "$L.blend($L, $L)", y, x, isTiny(x));
  }

  /** The natural logarithm. */
  CodeBlock log(CodeBlock x) {
    code.comment("FloatMath.log(" + x + ")");
    CodeBlock subnormal = compare(x, "LT", number(0x1p-126));
    CodeBlock bits = code.ints(
        "bits", "$L.blend($L.mul($L), $L).reinterpretAsInts()", x, x, number(0x1p23), subnormal);
    CodeBlock k = exponent(bits);
    CodeBlock f = code.floats(
        "f",
        "$L.sub($L.lanewise($T.LSHL, 23)).reinterpretAsFloats().sub($L)",
        bits,
        k,
        Vectors.OPERATORS,
        number(1));
    CodeBlock whole = code.floats("whole", "$L", toFloat(k));
    CodeBlock n = code.floats("n", "$L.blend($L.sub($L), $L)", whole, whole, number(23), subnormal);
    CodeBlock y = logReduced(f, n);
    y = code.floats("log", "$L.blend($L, $L)", x, y, isBelowInfinity(x));
    code.assign(y, "$L.blend(Float.NaN, $L)", y, compare(x, "LT", number(0)));
    code.assign(y, "$L.blend(Float.NEGATIVE_INFINITY, $L)", y, compare(x, "EQ", number(0)));
    return y;
  }

  /** {@code log(1 + x)}. */
  CodeBlock log1p(CodeBlock x) {
    code.comment("FloatMath.log1p(" + x + ")");
    CodeBlock k = exponent(CodeBlock.of("$L.add($L).reinterpretAsInts()", x, number(1)));
    CodeBlock s = code.floats("s", "$L", powerOfTwo(CodeBlock.of("$L.neg().add(2)", k)));
    CodeBlock f = code.floats(
        "f",
        "$L.mul($L).fma($L, $L.fma($L, $L))",
        x,
        number(0.25),
        s,
        code.all(0.25),
        s,
        code.all(-1));
    CodeBlock n = code.floats("n", "$L", toFloat(k));
    CodeBlock y = logReduced(f, n);
    y = code.floats("log1p", "$L.blend($L, $L)", x, y, isBelowInfinity(x));
    code.assign(y, "$L.blend(Float.NaN, $L)", y, compare(x, "LT", number(-1)));
    code.assign(y, "$L.blend(Float.NEGATIVE_INFINITY, $L)", y, compare(x, "EQ", number(-1)));
    code.assign(y, "$L.blend($L, $L)", y, x, isTiny(x));
    return y;
  }

  /** The hyperbolic tangent. */
  CodeBlock tanh(CodeBlock x) {
    CodeBlock a = code.floats("a", "$L.abs()", x);
    CodeBlock e = exp(code.floats("twice", "$L.mul($L)", a, number(2)));
    code.comment("FloatMath.tanh(" + x + ")");
    CodeBlock z = code.floats("z", "$L.mul($L)", a, a);
    CodeBlock q = polynomial(z, TANH);
    CodeBlock below = CodeBlock.of("$L.mul($L).fma($L, $L)", a, z, q, a);
    CodeBlock above =
        code.floats("above", "$L.sub($L.div($L.add($L)))", code.all(1), code.all(2), e, number(1));
    CodeBlock y =
        code.floats("y", "$L.blend($L, $L)", above, below, compare(a, "LT", number(0.75)));
    return code.floats("tanh", "$L", withSignOf(x, y));
  }

  /** The error function. */
  CodeBlock erf(CodeBlock x) {
    code.comment("FloatMath.erf(" + x + ")");
    CodeBlock a = code.floats("a", "$L.abs()", x);
    CodeBlock z = code.floats("z", "$L.mul($L)", a, a);
    CodeBlock below = code.floats("below", "$L.fma($L, $L)", polynomial(z, ERF), a, a);
    CodeBlock limit = code.all(3.95f);
    CodeBlock t = code.floats("t", "$L.blend($L, $L)", a, limit, compare(a, "GT", number(3.95f)));
    CodeBlock g = polynomial(t, LOG_ERFC);
    CodeBlock e = exp(code.floats("logErfc", "$L.mul($L)", g, t));
    CodeBlock above = CodeBlock.of("$L.sub($L)", code.all(1), e);
    CodeBlock y =
        code.floats("y", "$L.blend($L, $L)", below, above, compare(a, "GT", number(0.84375)));
    CodeBlock signed = withSignOf(x, y);
    return code.floats("erf", "$L\n.blend($L, $L)", signed, x, compare(x, "NE", x));
  }

  /** {@code 1 / (1 + e^-x)}. */
  CodeBlock sigmoid(CodeBlock x) {
    CodeBlock e = exp(code.floats("negative", "$L.abs().neg()", x));
    code.comment("FloatMath.sigmoid(" + x + ")");
    CodeBlock d = code.floats("d", "$L.add($L)", e, number(1));
    CodeBlock lost = code.floats("lost", "$L.sub($L.sub($L))", e, d, number(1));
    CodeBlock positive = compare(x, "GE", number(0));
    CodeBlock numerator = code.floats("numerator", "$L.blend($L, $L)", e, number(1), positive);
    CodeBlock y = code.floats("y", "$L.div($L)", numerator, d);
    CodeBlock minus = code.floats("minus", "$L.neg()", y);
    CodeBlock rest =
        code.floats("rest", "$L.fma($L, $L.fma($L, $L))", minus, lost, minus, d, numerator);
    CodeBlock reciprocal = CodeBlock.of("$L.sub($L).blend($L, $L)", code.all(1), y, y, positive);
    return code.floats("sigmoid", "$L.fma($L, $L)", rest, reciprocal, y);
  }

  private CodeBlock clamp(CodeBlock x, double low, double high) {
    // low is below high, so whether x is above high may be asked of x itself
    return code.floats(
        "c",
        "$L.blend($L, $L).blend($L, $L)",
        x,
        number(low),
        compare(x, "LT", number(low)),
        number(high),
        compare(x, "GT", number(high)));
  }

  /** x / ln 2, rounded to a whole number in the low bits. */
  private CodeBlock rounded(CodeBlock x) {
    return code.floats("t", "$L.fma($L, $L)", x, number(LOG2_E), number(ROUNDER));
  }

  private CodeBlock expm1Reduced(CodeBlock x, CodeBlock rounded) {
    CodeBlock n = code.floats("n", "$L.sub($L)", rounded, number(ROUNDER));
    CodeBlock high = CodeBlock.of("$L.fma($L, $L)", n, code.all(-LN2_HIGH), x);
    CodeBlock r = code.floats("r", "$L.fma($L, $L)", n, code.all(-LN2_LOW), high);
    CodeBlock q = polynomial(r, EXPM1);
    return CodeBlock.of("$L.mul($L).fma($L, $L)", r, r, q, r);
  }

  private CodeBlock logReduced(CodeBlock f, CodeBlock n) {
    CodeBlock q = polynomial(f, LOG);
    CodeBlock y = CodeBlock.of("$L.mul($L).fma($L, $L)", f, f, q, f);
    return code.floats(
        "sum", "$L.fma($L, $L.fma($L, $L))", n, code.all(LN2_HIGH), n, code.all(LN2_LOW), y);
  }

  // FloatVector q = FloatVector.broadcast(S, 0.5f)
  //     .fma(x, FloatVector.broadcast(S, 1f)).fma(x, FloatVector.broadcast(S, 2f));
  private CodeBlock polynomial(CodeBlock x, double[] coefficients) {
    CodeBlock.Builder horner = CodeBlock.builder().add(code.all(coefficients[0]));
    for (int i = 1; i < coefficients.length; i++) {
      horner.add(i % 2 == 1 ? "\n.fma($L, $L)" : ".fma($L, $L)", x, code.all(coefficients[i]));
    }
    return code.floats("q", "$L", horner.build());
  }

  private static CodeBlock powerOfTwo(CodeBlock k) {
    return CodeBlock.of(
        "$L.add(127).lanewise($T.LSHL, 23).reinterpretAsFloats()", k, Vectors.OPERATORS);
  }

  private CodeBlock exponent(CodeBlock bits) {
    return code.ints(
        "k", "$L.sub($L).lanewise($T.ASHR, 23)", bits, THREE_QUARTERS_BITS, Vectors.OPERATORS);
  }

  private static CodeBlock toFloat(CodeBlock k) {
    return CodeBlock.of(
        "$L.add($L).reinterpretAsFloats().sub($L)", k, ROUNDER_BITS, number(ROUNDER));
  }

  private static CodeBlock isTiny(CodeBlock x) {
    return compare(CodeBlock.of("$L.abs()", x), "LT", number(TINY));
  }

  private static CodeBlock isBelowInfinity(CodeBlock x) {
    return compare(x, "LT", CodeBlock.of("Float.POSITIVE_INFINITY"));
  }

  private static CodeBlock withSignOf(CodeBlock x, CodeBlock y) {
    return CodeBlock.of(
        "$L.reinterpretAsInts().add($L.reinterpretAsInts().and(0x80000000)).reinterpretAsFloats()",
        y,
        x);
  }
}
