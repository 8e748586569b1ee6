package dev.gradpoet.training.svg;

import java.util.Locale;

/** The text of SVG and HTML: escapes, coordinates, elements. */
public final class Svg {

  private Svg() {}

  /** A text in which markup means nothing. */
  public static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints().forEach(c -> {
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.appendCodePoint(isPrintable(c) ? c : '\ufffd');
      }
    });
    return escaped.toString();
  }

  /** Control characters are not allowed in documents. */
  private static boolean isPrintable(int c) {
    return c == '\n'
        || c == '\t'
        || !Character.isISOControl(c)
            && Character.isDefined(c)
            && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE);
  }

  /** A coordinate with at most two decimals. */
  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }

  /** {@code <text x="1" y="2" class="c">text</text>}. */
  static String text(double x, double y, String cssClass, String text) {
    return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" class=\"" + cssClass + "\">"
        + escape(text) + "</text>";
  }

  /** {@code <line x1="1" y1="2" x2="3" y2="4" class="c"/>}. */
  static String line(double x1, double y1, double x2, double y2, String cssClass) {
    return "<line x1=\"" + number(x1) + "\" y1=\"" + number(y1) + "\" x2=\"" + number(x2)
        + "\" y2=\"" + number(y2) + "\" class=\"" + cssClass + "\"/>";
  }

  /** {@code <rect x="1" y="2" width="3" height="4" rx="5" class="c"/>}. */
  static String box(
      double x, double y, double width, double height, double round, String cssClass) {
    return "<rect x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" + number(width)
        + "\" height=\"" + number(height) + "\" rx=\"" + number(round) + "\" class=\"" + cssClass
        + "\"/>";
  }

  /** The start of a drawing that is as wide as what it is in. */
  static String open(double width, double height, String label) {
    return "<svg viewBox=\"0 0 " + number(width) + " " + number(height)
        + "\" role=\"img\" aria-label=\"" + escape(label) + "\">";
  }
}
