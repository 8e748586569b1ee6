package dev.gradpoet.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws how many times as long as Gradpoet the others take, a row of marks for each task on a logarithmic scale, an SVG for a README. It has a background of
 * its own and follows the reader's choice of light or dark.
 */
final class Chart {

  private static final int WIDTH = 820;
  private static final int LEFT = 290;
  private static final int RIGHT = 24;
  private static final int ROW = 19;
  private static final double[] TICKS = {0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500};

  private static final String STYLE = """
      <style>
        .card { fill: #ffffff; stroke: #d1d9e0 }
        .ahead { fill: #eef1f4 }
        .grid { stroke: #d1d9e0 }
        .one { stroke: #59636e; stroke-width: 1.5 }
        .strong { fill: #1f2328; font-weight: 600 }
        .text { fill: #1f2328 }
        .quiet { fill: #59636e }
        .plain { fill: none; stroke: #59636e; stroke-width: 1.8 }
        .gcc { fill: #8250df }
        .onnx_runtime { fill: #0969da }
        .djl { fill: #d4601f }
        .djl_avx512 { fill: none; stroke: #d4601f; stroke-width: 1.8 }
        @media (prefers-color-scheme: dark) {
          .card { fill: #0d1117; stroke: #3d444d }
          .ahead { fill: #1c222b }
          .grid { stroke: #30363d }
          .one { stroke: #9198a1 }
          .strong, .text { fill: #f0f6fc }
          .quiet { fill: #9198a1 }
          .plain { stroke: #9198a1 }
          .gcc { fill: #b392f0 }
          .onnx_runtime { fill: #4493f8 }
          .djl { fill: #f0883e }
          .djl_avx512 { stroke: #f0883e }
        }
      </style>
      """;

  private final Results results;
  private final StringBuilder body = new StringBuilder();
  private final double least;
  private final double most;
  private int y;

  Chart(Results results) {
    this.results = results;
    double[] ratios = results.measurements().stream().mapToDouble(this::ratio).toArray();
    double low = 0.8;
    double high = 2;
    for (double ratio : ratios) {
      low = Math.min(low, ratio);
      high = Math.max(high, ratio);
    }
    this.least = low / 1.15;
    this.most = high * 1.15;
  }

  /** How many times as long as Gradpoet a contender takes for the same task on as many threads. */
  private double ratio(Measurement measurement) {
    return measurement.time()
        / results.find(measurement.task(), Contender.GRADPOET).orElseThrow().time();
  }

  String svg() {
    y = 28;
    text(16, y, "start", "strong", "Time compared with Gradpoet, JDK " + version());
    y += 18;
    text(
        16,
        y,
        "start",
        "quiet",
        "Times are those of Gradpoet with vectors. Marks to the right of 1× took longer, marks to the left were faster.");
    y += 24;
    legend();
    for (Kind kind : Kind.values()) {
      panel(kind.heading() + ", one thread", results.tasks(kind));
    }
    List<Task> threads = new ArrayList<>();
    results.measurements().stream()
        .map(Measurement::task)
        .filter(task -> task.threads() > 1)
        .distinct()
        .forEach(threads::add);
    panel("Two threads", threads);
    return format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\""
            + " font-family=\"system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif\" font-size=\"12\">\n%3$s"
            + "<rect class=\"card\" x=\"0.5\" y=\"0.5\" width=\"%4$d\" height=\"%5$d\" rx=\"6\"/>\n%6$s</svg>\n",
        WIDTH, y + 8, STYLE, WIDTH - 1, y + 7, body);
  }

  private String version() {
    return results.environment().jdk().split("[+,]")[0];
  }

  private void legend() {
    int x = 22;
    for (Contender contender : Contender.values()) {
      if (contender != Contender.GRADPOET) {
        mark(contender, x, y - 4);
        text(x + 11, y, "start", "text", contender.title());
        x += 32 + 7 * contender.title().length();
      }
    }
    y += 10;
  }

  private void panel(String title, List<Task> tasks) {
    if (tasks.isEmpty()) {
      return;
    }
    y += 26;
    text(16, y, "start", "strong", title);
    for (double tick : TICKS) {
      if (tick >= least && tick <= most) {
        text(x(tick), y, "middle", "quiet", label(tick));
      }
    }
    y += 7;
    int bottom = y + ROW * tasks.size();
    body.append(format(
        "<rect class=\"ahead\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n",
        LEFT, y, x(1) - LEFT, bottom - y));
    for (double tick : TICKS) {
      if (tick >= least && tick <= most) {
        line(tick == 1 ? "one" : "grid", x(tick), y, x(tick), bottom);
      }
    }
    line("grid", 16, y, WIDTH - RIGHT, y);
    for (Task task : tasks) {
      row(task);
    }
    line("grid", 16, y, WIDTH - RIGHT, y);
  }

  private void row(Task task) {
    int middle = y + ROW / 2;
    boolean kindIsTitle = task.threads() == 1;
    text(
        16,
        middle + 4,
        "start",
        "text",
        task.shape().title() + (kindIsTitle ? "" : ", " + task.kind().title()));
    results
        .find(task, Contender.GRADPOET)
        .ifPresent(m -> text(LEFT - 8, middle + 4, "end", "quiet", Markdown.time(m.time())));
    for (Contender contender : Contender.values()) {
      if (contender != Contender.GRADPOET) {
        results.find(task, contender).ifPresent(m -> mark(contender, x(ratio(m)), middle));
      }
    }
    y += ROW;
  }

  /** A circle, a diamond, a square or a triangle. */
  private void mark(Contender contender, double x, double atY) {
    String style = contender.name().toLowerCase(Locale.ROOT);
    if (contender == Contender.PLAIN) {
      body.append(
          format("<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>\n", style, x, atY));
      return;
    }
    String path = switch (contender) {
      case GCC -> "m0,-5.5 l5.5,5.5 l-5.5,5.5 l-5.5,-5.5 z";
      case ONNX_RUNTIME -> "m-4.2,-4.2 h8.4 v8.4 h-8.4 z";
      default -> "m0,-5.4 l5.4,9.6 h-10.8 z";
    };
    body.append(format("<path class=\"%s\" d=\"M%.1f,%.1f %s\"/>\n", style, x, atY, path));
  }

  private double x(double ratio) {
    return LEFT + (WIDTH - LEFT - RIGHT) * Math.log(ratio / least) / Math.log(most / least);
  }

  private static String label(double tick) {
    return format(tick < 1 ? "%.1f×" : "%.0f×", tick);
  }

  private void line(String style, double x1, double y1, double x2, double y2) {
    body.append(format(
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
        style, x1, y1, x2, y2));
  }

  private void text(double x, double atY, String anchor, String style, String what) {
    body.append(format(
        "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
        style, x, atY, anchor, what));
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
