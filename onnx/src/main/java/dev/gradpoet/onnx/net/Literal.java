package dev.gradpoet.onnx.net;

/** Writes numbers as Java. */
public final class Literal {

  private Literal() {}

  /** A number as a person writes it: {@code 0.2}, {@code 1e-6}, {@code 3}. */
  public static String of(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "Double.POSITIVE_INFINITY" : "Double.NEGATIVE_INFINITY";
    }
    String text = Double.toString(value).replace(".0E", "e").replace('E', 'e');
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
