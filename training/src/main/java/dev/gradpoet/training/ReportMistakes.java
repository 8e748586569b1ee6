package dev.gradpoet.training;

import dev.gradpoet.training.svg.Png;
import dev.gradpoet.training.svg.Svg;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/** The test rows for which the predictions are furthest from the targets, with their inputs. */
final class ReportMistakes {

  private static final int MOST = 10;
  private static final int MOST_FEATURES = 8;
  private static final int LARGEST_IMAGE = 256;

  private ReportMistakes() {}

  static String html(TestResults results) {
    Predictions predictions = results.predictions();
    int[] worst = IntStream.range(0, predictions.size())
        .filter(row -> isMistake(results, row))
        .boxed()
        .sorted((a, b) -> Double.compare(error(results, b), error(results, a)))
        .limit(MOST)
        .mapToInt(row -> row)
        .toArray();
    if (worst.length == 0) {
      return "<p>There are none.</p>\n";
    }
    StringBuilder html = new StringBuilder(
        "<div class=\"card scroll\"><table class=\"full mistakes\"><tr><th class=\"n\">row</th>");
    html.append(
        results.isClassifier()
            ? "<th>actual</th><th>predicted</th>"
            : "<th class=\"n\">actual</th><th class=\"n\">predicted</th>");
    html.append("<th>input</th></tr>\n");
    for (int row : worst) {
      html.append("<tr><td class=\"n\">").append(row).append("</td>");
      html.append(results.isClassifier() ? classes(results, row) : values(predictions, row));
      html.append("<td class=\"input\">").append(input(results, row)).append("</td></tr>\n");
    }
    return html.append("</table></div>\n").toString();
  }

  private static boolean isMistake(TestResults results, int row) {
    Predictions predictions = results.predictions();
    return !results.isClassifier()
        || predictions.label(row) >= 0 && predictions.label(row) != predictions.predicted(row);
  }

  private static double error(TestResults results, int row) {
    Predictions predictions = results.predictions();
    if (results.isClassifier()) {
      return results.hasProbabilities()
          ? -predictions.probability(row, predictions.label(row))
          : -row;
    }
    double sum = 0;
    for (int c = 0; c < predictions.width(); c++) {
      double error = predictions.target(row, c) - predictions.output(row, c);
      sum += error * error;
    }
    return sum;
  }

  private static String classes(TestResults results, int row) {
    Predictions predictions = results.predictions();
    return "<td class=\"name\">" + label(results, row, predictions.label(row))
        + "</td><td class=\"name\">" + label(results, row, predictions.predicted(row)) + "</td>";
  }

  private static String label(TestResults results, int row, int label) {
    String name = Svg.escape(results.className(label));
    return results.hasProbabilities()
        ? name
            + String.format(
                Locale.ROOT,
                " <span class=\"soft\">%.1f %%</span>",
                100 * results.predictions().probability(row, label))
        : name;
  }

  private static String values(Predictions predictions, int row) {
    StringBuilder actual = new StringBuilder();
    StringBuilder predicted = new StringBuilder();
    for (int c = 0; c < Math.min(predictions.width(), MOST_FEATURES); c++) {
      actual.append(c == 0 ? "" : "<br>").append(Numbers.value(predictions.target(row, c)));
      predicted.append(c == 0 ? "" : "<br>").append(Numbers.brief(predictions.output(row, c)));
    }
    return "<td class=\"n\">" + actual + "</td><td class=\"n\">" + predicted + "</td>";
  }

  private static String input(TestResults results, int row) {
    Dataset data = results.data();
    StringBuilder html = new StringBuilder();
    for (int i = 0; i < data.inputNames().size(); i++) {
      int[] image = image(
          data.inputShape(i), results.network().architecture().inputs().get(i).shape());
      html.append(i == 0 ? "" : "<br>");
      html.append(image.length == 0 ? features(data, i, row) : drawn(data, i, row, image));
    }
    return html.toString();
  }

  /** Height and width, if a row of the data or of the network is a grey image; otherwise empty. */
  private static int[] image(int[]... shapes) {
    for (int[] shape : shapes) {
      int[] sizes = shape.length == 3 && shape[0] == 1 ? Arrays.copyOfRange(shape, 1, 3) : shape;
      if (sizes.length == 2
          && sizes[0] > 2
          && sizes[1] > 2
          && Math.max(sizes[0], sizes[1]) <= LARGEST_IMAGE) {
        return sizes;
      }
    }
    return new int[0];
  }

  private static String drawn(Dataset data, int input, int row, int... size) {
    double[] values = new double[size[0] * size[1]];
    for (int c = 0; c < values.length; c++) {
      values[c] = data.value(input, row, c);
    }
    return "<img alt=\"the image of row " + row + "\" src=\"" + Png.dataUrl(values, size[1])
        + "\">";
  }

  private static String features(Dataset data, int input, int row) {
    StringBuilder text = new StringBuilder();
    int width = Values.size(data.inputShape(input));
    boolean isIndex = data.values().get(input) instanceof IndexValues;
    for (int c = 0; c < Math.min(width, MOST_FEATURES); c++) {
      double value = data.value(input, row, c);
      text.append(c == 0 ? "" : ", ");
      if (c < data.featureNames(input).size()) {
        text.append(Svg.escape(data.featureNames(input).get(c))).append("&nbsp;=&nbsp;");
      }
      text.append(
          isIndex ? Svg.escape(data.vocabulary(input, c).name((int) value)) : Numbers.value(value));
    }
    return text + (width > MOST_FEATURES ? ", \u2026" : "");
  }
}
