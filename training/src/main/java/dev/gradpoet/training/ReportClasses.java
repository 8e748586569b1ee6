package dev.gradpoet.training;

import dev.gradpoet.training.svg.Chart;
import dev.gradpoet.training.svg.Svg;
import java.util.Locale;
import java.util.stream.IntStream;

/** The results of a classifier: the confusion matrix, a line for each class, the ROC. */
final class ReportClasses {

  private static final int LARGEST_MATRIX = 30;
  private static final int FEW = 6;
  private static final int MOST_CONFUSIONS = 20;
  private static final int MOST_CURVES = 10;
  private static final int POINTS = 400;

  private ReportClasses() {}

  static String html(TestResults results) {
    ConfusionMatrix matrix = ConfusionMatrix.of(results.predictions());
    StringBuilder html = new StringBuilder("<div class=\"cards\">\n");
    html.append("<div class=\"card scroll\"><h3>Confusion matrix</h3>");
    html.append(
        matrix.classes() <= LARGEST_MATRIX ? matrix(results, matrix) : confusions(results, matrix));
    html.append("</div>\n").append(classes(results, matrix));
    if (results.hasProbabilities() && matrix.classes() <= MOST_CURVES) {
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

  /** The pairs of classes that are confused most often. */
  private static String confusions(TestResults results, ConfusionMatrix matrix) {
    int n = matrix.classes();
    StringBuilder html = new StringBuilder(
        "<p class=\"soft\">The most frequent of " + n
            + " classes' confusions.</p><table class=\"full\"><tr><th>actual</th><th>predicted</th><th class=\"n\">rows</th></tr>\n");
    IntStream.range(0, n * n)
        .filter(pair -> pair / n != pair % n && matrix.count(pair / n, pair % n) > 0)
        .boxed()
        .sorted((a, b) -> Integer.compare(matrix.count(b / n, b % n), matrix.count(a / n, a % n)))
        .limit(MOST_CONFUSIONS)
        .forEach(pair -> html.append("<tr><td>")
            .append(Svg.escape(results.className(pair / n)))
            .append("</td><td>")
            .append(Svg.escape(results.className(pair % n)))
            .append("</td><td class=\"n\">")
            .append(matrix.count(pair / n, pair % n))
            .append("</td></tr>\n"));
    return html.append("</table>").toString();
  }

  private static String classes(TestResults results, ConfusionMatrix matrix) {
    StringBuilder html = new StringBuilder(
        "<div class=\"card scroll\"><h3>Classes</h3><table class=\"full\"><tr><th>class</th><th class=\"n\">precision</th>"
            + "<th class=\"n\">recall</th><th class=\"n\">F1</th><th class=\"n\">rows</th></tr>\n");
    for (int c = 0; c < matrix.classes(); c++) {
      html.append("<tr><td>").append(Svg.escape(results.className(c))).append("</td>");
      html.append(cell(matrix.precision(c)))
          .append(cell(matrix.recall(c)))
          .append(cell(matrix.f1(c)));
      html.append("<td class=\"n\">").append(matrix.actual(c)).append("</td></tr>\n");
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
