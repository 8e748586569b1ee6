package dev.gradpoet.runtime;

import dev.gradpoet.DType;
import java.util.stream.LongStream;

/**
 * The format of the values of a printed tensor: one style and one width for all, which PyTorch chooses from the values that it shows.
 *
 * @param width the width of the widest number; zeros, infinities and NaN do not count, and may be wider
 */
record ValueFormat(Style style, int width) {

  /** The styles of numbers. */
  enum Style {
    /** {@code 12}, for integer tensors. */
    INTEGER,
    /** {@code 12.}, for floating-point tensors whose values are all integers. */
    WHOLE,
    /** {@code 12.3400}. */
    FIXED,
    /** {@code 1.2340e+01}. */
    SCIENTIFIC
  }

  private static final int PRECISION = 4;

  /** The format for the values at these addresses. */
  static ValueFormat of(Storage storage, long[] addresses) {
    if (storage.dtype() == DType.INT64) {
      return widest(Style.INTEGER, storage, LongStream.of(addresses));
    }
    long[] telling = LongStream.of(addresses)
        .filter(address -> Double.isFinite(storage.get(address)) && storage.get(address) != 0)
        .toArray();
    return widest(style(storage, telling), storage, LongStream.of(telling));
  }

  private static ValueFormat widest(Style style, Storage storage, LongStream addresses) {
    ValueFormat unpadded = new ValueFormat(style, 1);
    int width =
        addresses.mapToInt(a -> unpadded.format(storage, a).length()).max().orElse(1);
    return new ValueFormat(style, width);
  }

  /** The style for finite values other than zero. */
  private static Style style(Storage storage, long[] telling) {
    boolean whole = true;
    double min = Double.POSITIVE_INFINITY;
    double max = 0;
    for (long address : telling) {
      double value = storage.get(address);
      whole &= value == StrictMath.rint(value);
      min = Math.min(min, Math.abs(value));
      max = Math.max(max, Math.abs(value));
    }
    boolean wide = max / min > 1000 || max > 1e8;
    if (wide || (!whole && min < 1e-4)) {
      return Style.SCIENTIFIC;
    }
    return whole ? Style.WHOLE : Style.FIXED;
  }

  /** The value at an address, padded to the left. */
  String format(Storage storage, long address) {
    String number = switch (style) {
      case INTEGER -> Long.toString(storage.getLong(address));
      case WHOLE ->
        PythonFloat.fixed(storage.get(address), 0)
            + (Double.isFinite(storage.get(address)) ? "." : "");
      case FIXED -> PythonFloat.fixed(storage.get(address), PRECISION);
      case SCIENTIFIC -> PythonFloat.scientific(storage.get(address), PRECISION);
    };
    return " ".repeat(Math.max(0, width - number.length())) + number;
  }
}
