package dev.gradpoet.training;

import dev.gradpoet.training.svg.Chart;
import dev.gradpoet.training.svg.Svg;
import java.util.List;

/** The results of a regression: predicted vs. actual values, and the residuals, of each output. */
final class ReportValues {

  private static final int MOST_OUTPUTS = 6;
  private static final int MOST_POINTS = 1000;
  private static final int BARS = 25;

  private ReportValues() {}

  static String html(TestResults results) {
    Predictions predictions = results.predictions();
    List<String> names = results.data().targetValues().names();
    StringBuilder html = new StringBuilder("<div class=\"cards\">\n");
    String output = results.hasProbabilities() ? "probability" : "output";
    int shown = Math.min(predictions.width(), MOST_OUTPUTS);
    for (int c = 0; c < shown; c++) {
      String name =
          c < names.size() ? names.get(c) : predictions.width() == 1 ? output : output + " " + c;
      html.append(card(name + ": predicted vs. actual", scatter(predictions, c)));
      html.append(card(name + ": residuals (actual - predicted)", residuals(predictions, c)));
    }
    html.append("</div>\n");
    if (shown < predictions.width()) {
      html.append("<p class=\"soft\">The first ").append(shown).append(" of ");
      html.append(predictions.width()).append(" outputs.</p>\n");
    }
    return html.toString();
  }

  private static String card(String title, Chart chart) {
    return "<div class=\"card\"><h3>" + Svg.escape(title) + "</h3>" + chart.svg() + "</div>\n";
  }

  private static Chart scatter(Predictions predictions, int c) {
    int step = Math.max(1, predictions.size() / MOST_POINTS);
    int count = (predictions.size() + step - 1) / step;
    double[] actual = new double[count];
    double[] predicted = new double[count];
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      actual[i] = predictions.target(i * step, c);
      predicted[i] = predictions.output(i * step, c);
      least = Math.min(least, actual[i]);
      most = Math.max(most, actual[i]);
    }
    return new Chart("predicted vs. actual values", "actual")
        .line(new double[] {least, most}, new double[] {least, most}, "even")
        .points(actual, predicted, "a");
  }

  private static Chart residuals(Predictions predictions, int c) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int r = 0; r < predictions.size(); r++) {
      double residual = predictions.target(r, c) - predictions.output(r, c);
      least = Math.min(least, residual);
      most = Math.max(most, residual);
    }
    double width = most > least ? (most - least) / BARS : 1;
    double[] edges = new double[BARS + 1];
    for (int i = 0; i <= BARS; i++) {
      edges[i] = least + i * width;
    }
    double[] counts = new double[BARS];
    for (int r = 0; r < predictions.size(); r++) {
      double residual = predictions.target(r, c) - predictions.output(r, c);
      counts[Math.max(0, Math.min(BARS - 1, (int) ((residual - least) / width)))]++;
    }
    return new Chart("number of rows by residual", "residual").bars(edges, counts, "a");
  }
}
