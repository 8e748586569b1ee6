package dev.gradpoet.training;

import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.files.AtomicFile;
import dev.gradpoet.training.svg.Svg;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A training run and its network as one HTML page: curves, results on test rows, the worst mistakes, the graph of layers, settings. The page works
 * offline and without scripts, and has a light and a dark theme.
 */
public final class Report {

  private final History history;
  private final Model network;
  private final TestResults results;
  private final String title;

  private Report(History history, Model network, TestResults results, String title) {
    this.history = history;
    this.network = network;
    this.results = results;
    this.title = title;
  }

  /**
   * The report of a run. Computes the outputs of the test rows once.
   *
   * @param network that the run has trained
   * @param test rows that the run has not seen
   * @throws IllegalArgumentException if the rows do not fit the network
   */
  public static Report of(History history, Model network, Dataset test) {
    Objects.requireNonNull(history, "history");
    return new Report(
        history,
        network,
        TestResults.of(network, Objects.requireNonNull(test, "test")),
        network.architecture().name());
  }

  /** With a title other than the name of the network. */
  public Report title(String title) {
    return new Report(history, network, results, Objects.requireNonNull(title, "title"));
  }

  /** The numbers of the test rows by name: the loss and the metrics that fit the network. */
  public Map<String, Double> testResults() {
    return results.numbers();
  }

  /**
   * Writes the page. The write is atomic: the file is either complete or unchanged.
   *
   * @throws IOException if the file cannot be written; an existing file is then unchanged
   */
  public void saveHtml(Path file) throws IOException {
    Objects.requireNonNull(file, "file");
    AtomicFile.write(file, html().getBytes(StandardCharsets.UTF_8));
  }

  /** The page. */
  public String html() {
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.append("<title>").append(Svg.escape(title)).append("</title>\n<style>\n");
    page.append(css()).append("</style>\n</head>\n<body>\n<main>\n");
    page.append("<h1>").append(Svg.escape(title)).append("</h1>\n<p class=\"soft\">");
    int epochs = history.epochs().size();
    page.append(Svg.escape(epochs + (epochs == 1 ? " epoch in " : " epochs in ")
        + Numbers.time(history.seconds()) + ": " + history.end() + ". Tested on "
        + results.data() + "."));
    page.append("</p>\n").append(tiles());
    if (!history.epochs().isEmpty()) {
      page.append("<h2>Training</h2>\n").append(ReportCurves.html(history));
    }
    page.append("<h2>Test</h2>\n")
        .append(results.isClassifier() ? ReportClasses.html(results) : ReportValues.html(results));
    page.append("<h2>Worst mistakes</h2>\n").append(ReportMistakes.html(results));
    page.append("<h2>Network</h2>\n").append(ReportNetwork.html(network));
    page.append("<h2>Settings</h2>\n<div class=\"card scroll\"><table class=\"settings full\">\n");
    history
        .settings()
        .forEach((name, value) -> page.append("<tr><th>")
            .append(Svg.escape(name))
            .append("</th><td>")
            // a long expression breaks before a method's name
            .append(Svg.escape(value).replace(").", ")<wbr>."))
            .append("</td></tr>\n"));
    page.append("</table></div>\n</main>\n</body>\n</html>\n");
    return page.toString();
  }

  private String tiles() {
    Map<String, String> tiles = new LinkedHashMap<>();
    results.numbers().forEach((name, value) -> tiles.put("test " + name, Numbers.brief(value)));
    if (!history.epochs().isEmpty()) {
      tiles.put("best epoch", Integer.toString(history.best().number()));
    }
    StringBuilder html = new StringBuilder("<div class=\"tiles\">\n");
    tiles.forEach((name, value) -> html.append("<div class=\"tile\"><b>")
        .append(Svg.escape(value))
        .append("</b><span class=\"soft\">")
        .append(Svg.escape(name))
        .append("</span></div>\n"));
    return html.append("</div>\n").toString();
  }

  private static String css() {
    try (InputStream css = Report.class.getResourceAsStream("report.css")) {
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
