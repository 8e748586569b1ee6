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
}
