package dev.gradpoet.training;

import dev.gradpoet.training.svg.Chart;
import dev.gradpoet.training.svg.Svg;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The curves of a run: loss, metrics and learning rate over the epochs. */
final class ReportCurves {

  private ReportCurves() {}

  static String html(History history) {
    StringBuilder html = new StringBuilder("<div class=\"cards\">\n");
    html.append(card(history, "loss", Epoch::loss, Epoch::validationLoss));
    for (String metric : history.epochs().get(0).metrics().keySet()) {
      html.append(card(
          history,
          metric,
          epoch -> epoch.metrics().get(metric),
          epoch -> epoch.validationMetrics().getOrDefault(metric, Double.NaN)));
    }
    html.append(card(history, "learning rate", Epoch::learningRate, epoch -> Double.NaN));
    return html.append("</div>\n").toString();
  }

  private static String card(
      History history, String name, ToDoubleFunction<Epoch> train, ToDoubleFunction<Epoch> valid) {
    List<Epoch> epochs = history.epochs();
    double[] x = epochs.stream().mapToDouble(Epoch::number).toArray();
    double[] y = epochs.stream().mapToDouble(train).toArray();
    double[] z = epochs.stream().mapToDouble(valid).toArray();
    boolean hasValidation = Arrays.stream(z).anyMatch(Double::isFinite);
    boolean isRate = name.equals("learning rate");
    Chart chart = new Chart(name + " over the epochs", "epoch").wholeX().line(x, y, "a");
    StringBuilder legend = new StringBuilder();
    if (!isRate) {
      legend.append("<span><i class=\"key\"></i>training</span>");
    }
    if (hasValidation) {
      chart.line(x, z, "b");
      legend.append("<span><i class=\"key b\"></i>validation</span>");
    }
    if (!isRate) {
      chart.mark(history.best().number(), "mark");
      legend.append("<span><i class=\"key mark\"></i>best epoch</span>");
    }
    if (isRate) {
      chart.include(x[0], 0);
    }
    return "<div class=\"card\"><h3>" + Svg.escape(name) + "</h3>" + chart.svg()
        + "<div class=\"legend\">" + legend + "</div></div>\n";
  }
}
