package dev.gradpoet.training;

import dev.gradpoet.training.svg.Chart;
import dev.gradpoet.training.svg.Svg;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The results of a classifier: the confusion matrix, a line for each class, the ROC. */
final class ReportClasses {

  private static final int LARGEST_MATRIX = 30;
  private static final int FEW = 6;
  private static final int MOST_CONFUSIONS = 20;
  private static final int MOST_CURVES = 10;
  private static final int POINTS = 400;

  private ReportClasses() {}

  static String html(TestResults results) {
    ClassCounts counts = ClassCounts.of(results.predictions());
    StringBuilder html = new StringBuilder("<div class=\"cards\">\n");
    html.append("<div class=\"card scroll\"><h3>Confusion matrix</h3>");
    html.append(
        counts.classes() <= LARGEST_MATRIX
            ? matrix(results, ConfusionMatrix.of(results.predictions()))
            : confusions(results));
    html.append("</div>\n").append(classes(results, counts));
    if (results.hasProbabilities() && counts.classes() <= MOST_CURVES) {
      html.append(curves(results));
    }
    return html.append("</div>\n").toString();
  }

  /** A row for each actual class; the depth of a cell is its share of the row. */
  private static String matrix(TestResults results, ConfusionMatrix matrix) {
    StringBuilder html = new StringBuilder(
        "<p class=\"soft\">Rows: actual class. Columns: predicted class.</p><table class=\"matrix"
            + (matrix.classes() > FEW ? " many" : "") + "\"><tr><th></th>");
    for (int c = 0; c < matrix.classes(); c++) {
      html.append("<th title=\"").append(Svg.escape(results.className(c))).append("\">");
      html.append(Svg.escape(results.className(c))).append("</th>");
    }
    html.append("</tr>\n");
    for (int actual = 0; actual < matrix.classes(); actual++) {
      html.append("<tr><th title=\"")
          .append(Svg.escape(results.className(actual)))
          .append("\">");
      html.append(Svg.escape(results.className(actual))).append("</th>");
      for (int predicted = 0; predicted < matrix.classes(); predicted++) {
        int count = matrix.count(actual, predicted);
        double share = matrix.actual(actual) == 0 ? 0 : count / (double) matrix.actual(actual);
        html.append(String.format(
            Locale.ROOT,
            "<td%s style=\"background: rgba(var(--cell), %.2f)\">%s</td>",
            actual == predicted ? " class=\"right\"" : "",
            count == 0 ? 0 : 0.08 + 0.5 * share,
            count == 0 ? "" : Integer.toString(count)));
      }
      html.append("</tr>\n");
    }
    return html.append("</table>").toString();
  }

  /** A class that was predicted in place of another one. */
  private record Confusion(int actual, int predicted) {}

  /** The pairs of classes that are confused most often; there are no more than rows, while a matrix grows with the square of the classes. */
  private static String confusions(TestResults results) {
    Predictions predictions = results.predictions();
    Map<Confusion, Integer> counts = new HashMap<>();
    predictions.forEachClass((label, predicted) -> {
      if (label != predicted) {
        counts.merge(new Confusion(label, predicted), 1, Integer::sum);
      }
    });
    StringBuilder html = new StringBuilder(
        "<p class=\"soft\">The most frequent of "
            + predictions.classCount()
            + " classes' confusions.</p><table class=\"full\"><tr><th>actual</th><th>predicted</th><th class=\"n\">rows</th></tr>\n");
    counts.keySet().stream()
        .sorted(Comparator.<Confusion>comparingInt(pair -> -counts.get(pair))
            .thenComparingInt(Confusion::actual)
            .thenComparingInt(Confusion::predicted))
        .limit(MOST_CONFUSIONS)
        .forEach(pair -> html.append("<tr><td>")
            .append(Svg.escape(results.className(pair.actual())))
            .append("</td><td>")
            .append(Svg.escape(results.className(pair.predicted())))
            .append("</td><td class=\"n\">")
            .append(counts.get(pair))
            .append("</td></tr>\n"));
    return html.append("</table>").toString();
  }

  private static String classes(TestResults results, ClassCounts counts) {
    StringBuilder html = new StringBuilder(
        "<div class=\"card scroll\"><h3>Classes</h3><table class=\"full\"><tr><th>class</th><th class=\"n\">precision</th>"
            + "<th class=\"n\">recall</th><th class=\"n\">F1</th><th class=\"n\">rows</th></tr>\n");
    for (int c = 0; c < counts.classes(); c++) {
      html.append("<tr><td>").append(Svg.escape(results.className(c))).append("</td>");
      html.append(cell(counts.precision(c)))
          .append(cell(counts.recall(c)))
          .append(cell(counts.f1(c)));
      html.append("<td class=\"n\">").append(counts.actual(c)).append("</td></tr>\n");
    }
    return html.append("</table></div>\n").toString();
  }

  private static String cell(double ratio) {
    return String.format(Locale.ROOT, "<td class=\"n\">%.3f</td>", ratio);
  }

  /** Of two classes the curve of class 1, otherwise one for each class against the others. */
  private static String curves(TestResults results) {
    Chart chart = new Chart("receiver operating characteristic", "false positive rate");
    chart.include(0, 0).include(1, 1).line(new double[] {0, 1}, new double[] {0, 1}, "even");
    StringBuilder legend = new StringBuilder();
    int classes = results.predictions().classCount();
    for (int c = classes == 2 ? 1 : 0; c < classes; c++) {
      RocCurve curve = RocCurve.of(results.predictions(), c);
      if (curve.exists()) {
        String color = classes == 2 ? "k0" : "k" + c;
        double[][] points = curve.points(POINTS);
        chart.line(points[0], points[1], "k " + color);
        legend.append("<span><i class=\"key k ").append(color).append("\"></i>");
        legend.append(Svg.escape(results.className(c)));
        legend.append(String.format(Locale.ROOT, ": area %.4f</span>", curve.area()));
      }
    }
    return legend.isEmpty()
        ? ""
        : "<div class=\"card\"><h3>ROC: true over false positive rate</h3>" + chart.svg()
            + "<div class=\"legend\">" + legend + "</div></div>\n";
  }
}
