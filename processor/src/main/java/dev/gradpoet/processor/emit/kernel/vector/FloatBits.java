package dev.gradpoet.processor.emit.kernel.vector;

import static dev.gradpoet.processor.emit.kernel.vector.VectorCode.number;

import com.palantir.javapoet.CodeBlock;

/** Prints operations on the bits of the floats in a vector, on their exponents and signs. */
final class FloatBits {

  /** Added to a small float, it rounds that float to a whole number in the low bits of the sum. */
  static final double ROUNDER = 0x1.8p23;

  /** The bits of powers of two, for {@link #scaled}. */
  static final int HALF = 0x3f000000;

  static final int FOUR = 0x40800000;
  static final int TWO_TO_64 = 0x5f800000;

  private static final int ROUNDER_BITS = 0x4b400000;
  private static final int THREE_QUARTERS = 0x3f400000;

  private final VectorCode code;

  FloatBits(VectorCode code) {
    this.code = code;
  }

  /** The whole number in a sum with {@link #ROUNDER}, below higher bits that a shift to the left by 23 removes, even after one to the right by 1. */
  CodeBlock whole(CodeBlock rounded) {
    return code.ints("k", "$L.reinterpretAsInts()", rounded);
  }

  /** A power of two, given by its bits, times 2<sup>k</sup>: adds k to its exponent. */
  static CodeBlock scaled(Object powerOfTwo, CodeBlock k) {
    return CodeBlock.of(
        "$L.lanewise($T.LSHL, 23).add($L).reinterpretAsFloats()", k, Vectors.OPERATORS, powerOfTwo);
  }

  /** The k of a float 2<sup>k</sup> f, given by its bits, where f is from 3/4 to 3/2. */
  CodeBlock exponent(CodeBlock bits) {
    return code.ints(
        "k", "$L.sub($L).lanewise($T.ASHR, 23)", bits, THREE_QUARTERS, Vectors.OPERATORS);
  }

  /** A small whole number as a float. */
  static CodeBlock toFloat(CodeBlock k) {
    return CodeBlock.of(
        "$L.add($L).reinterpretAsFloats().sub($L)", k, ROUNDER_BITS, number(ROUNDER));
  }

  /** The sign bit of x: the difference of the bits of x and |x|. */
  CodeBlock sign(CodeBlock x, CodeBlock absolute) {
    return code.ints("sign", "$L.reinterpretAsInts().sub($L.reinterpretAsInts())", x, absolute);
  }

  /** y, which is not negative, with this sign bit. */
  static CodeBlock withSign(CodeBlock y, CodeBlock sign) {
    return CodeBlock.of("$L.reinterpretAsInts().add($L).reinterpretAsFloats()", y, sign);
  }
}
