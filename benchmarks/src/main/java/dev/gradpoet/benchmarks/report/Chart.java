package dev.gradpoet.benchmarks.report;

import dev.gradpoet.benchmarks.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws the times of one row and of a training step as bars on a logarithmic scale, an SVG for a README. */
final class Chart {

  private static final Map<String, String> COLOURS = Map.of(
      Measurement.GRADPOET,
      "#2a7f62",
      "gcc",
      "#8c8c8c",
      "ONNX Runtime",
      "#4c78a8",
      "DJL + PyTorch",
      "#d9822b");
  private static final List<String> SYSTEMS =
      List.of(Measurement.GRADPOET, "gcc", "ONNX Runtime", "DJL + PyTorch");

  private static final int WIDTH = 760;
  private static final int LEFT = 150;
  private static final int RIGHT = 90;
  private static final int BAR = 13;
  private static final int GAP = 12;

  private final Results results;
  private final StringBuilder body = new StringBuilder();
  private double longest = 1;
  private double shortest = Double.MAX_VALUE;
  private int y;

  Chart(Results results) {
    this.results = results;
  }

  String svg() {
    results.measurements().forEach(m -> {
      longest = Math.max(longest, m.median());
      shortest = Math.min(shortest, m.median());
    });
    y = 24;
    legend();
    for (Kind kind : List.of(Kind.ONE_ROW, Kind.STEP)) {
      if (results.set().shapes(kind).isEmpty()) {
        continue;
      }
      y += 14;
      text(LEFT, y, "start", kind.title() + ", one thread, logarithmic scale", "bold");
      y += 8;
      for (Shape shape : results.set().shapes(kind)) {
        group(kind, shape);
      }
      y += GAP;
    }
    return format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\""
            + " font-family=\"sans-serif\" font-size=\"11\">\n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n%3$s</svg>\n",
        WIDTH, y, body);
  }

  private void legend() {
    int x = LEFT;
    for (String system : SYSTEMS) {
      body.append(format(
          "<rect x=\"%d\" y=\"%d\" width=\"10\" height=\"10\" fill=\"%s\"/>\n",
          x, y - 9, COLOURS.get(system)));
      text(x + 14, y, "start", system, "normal");
      x += 30 + 7 * system.length();
    }
    y += 8;
  }

  private void group(Kind kind, Shape shape) {
    y += GAP;
    int top = y;
    for (String system : SYSTEMS) {
      results.find(kind, shape, system).ifPresent(m -> bar(m, system));
    }
    text(LEFT - 8, (top + y) / 2 + 4, "end", shape.title(), "normal");
  }

  private void bar(Measurement measurement, String system) {
    double decades = Math.log10(longest / shortest) + 0.2;
    double length =
        (WIDTH - LEFT - RIGHT) * (Math.log10(measurement.median() / shortest) + 0.2) / decades;
    body.append(format(
        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>\n",
        LEFT, y, length, BAR - 2, COLOURS.get(system)));
    text((int) (LEFT + length + 4), y + 9, "start", Markdown.time(measurement.median()), "normal");
    y += BAR;
  }

  private void text(int x, int atY, String anchor, String what, String weight) {
    body.append(format(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" font-weight=\"%s\">%s</text>\n",
        x, atY, anchor, weight, what));
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
