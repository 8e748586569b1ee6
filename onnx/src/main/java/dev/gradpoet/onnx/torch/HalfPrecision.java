package dev.gradpoet.onnx.torch;

/** Widens the 16-bit floating-point numbers of IEEE 754, which Java 17 cannot. */
final class HalfPrecision {

  private HalfPrecision() {}

  /** The float of the same value. */
  static float toFloat(short half) {
    int sign = half & 0x8000;
    int exponent = half >> 10 & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0) {
      float subnormal = fraction * 0x1p-24f;
      return sign == 0 ? subnormal : -subnormal;
    }
    int bits =
        exponent == 0x1f ? 0x7f800000 | fraction << 13 : exponent + 112 << 23 | fraction << 13;
    return Float.intBitsToFloat(sign << 16 | bits);
  }
}
