package dev.gradpoet.processor.validate;

import dev.gradpoet.DType;
import dev.gradpoet.processor.read.NetworkSpec;
import dev.gradpoet.processor.read.Sited;

/** Rounds options, which are declared as double, to the dtype in which the network computes. */
final class Narrowing {

  private final DType dtype;

  private Narrowing(DType dtype) {
    this.dtype = dtype;
  }

  /** The rounding for a declaration. */
  static Narrowing of(NetworkSpec spec) {
    return new Narrowing(spec.dtype().map(Sited::value).orElse(DType.FLOAT32));
  }

  /** The value in the network's dtype. */
  double of(double value) {
    return dtype == DType.FLOAT32 ? (float) value : value;
  }

  boolean isFinite(double value) {
    return Double.isFinite(of(value));
  }

  /** {@code 1.0E-46, which is 0 in FLOAT32}: the value, and what it is rounded to if that makes it invalid. */
  String describe(double value) {
    double narrowed = of(value);
    boolean vanishes = narrowed == 0 && value != 0;
    boolean overflows = Double.isInfinite(narrowed) && !Double.isInfinite(value);
    if (!vanishes && !overflows) {
      return String.valueOf(value);
    }
    return value + ", which is " + (vanishes ? "0" : "infinite") + " in " + dtype;
  }

  /** {@code "in FLOAT32 "} if the dtype rounds one of the values, otherwise nothing. */
  String where(double one, double other) {
    return of(one) == one && of(other) == other ? "" : "in " + dtype + " ";
  }
}
