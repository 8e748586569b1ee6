package dev.gradpoet.onnx.source;

import dev.gradpoet.onnx.wire.Shown;

/** Makes text and numbers of models fit for source code. */
final class Javadoc {

  private Javadoc() {}

  /** Text that can stand in a comment, whatever it contains. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    Shown.text(text).codePoints().forEach(c -> {
      boolean plain = c >= ' ' && c < 127 && "&<>@*{}\\".indexOf(c) < 0;
      if (plain) {
        escaped.appendCodePoint(c);
      } else {
        escaped.append("&#").append(c).append(';');
      }
    });
    return escaped.toString();
  }

  /** A number as a person writes it: {@code 0.2}, {@code 1e-6}, {@code 3}. */
  static String literal(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "Double.POSITIVE_INFINITY" : "Double.NEGATIVE_INFINITY";
    }
    String text = Double.toString(value).replace(".0E", "e").replace('E', 'e');
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
