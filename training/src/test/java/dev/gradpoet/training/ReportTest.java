package dev.gradpoet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gradpoet.runtime.AdamW;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Sgd;
import dev.gradpoet.runtime.Tensor;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ReportTest {

  private static final Dataset TRAIN = Blobs.classes(1, 70, 3);
  private static final Dataset TEST = Blobs.classes(2, 50, 3);

  @TempDir
  private Path directory;

  private static Report classes(Model net, Dataset test) {
    History history = Training.of(net, AdamW.of(0.01))
        .epochs(5)
        .validation(TEST)
        .metrics(Metric.ACCURACY)
        .fit(TRAIN);
    return Report.of(history, net, test);
  }

  /** The page is also well-formed XML, but for the elements without an end. */
  private static Document parsed(String html) throws Exception {
    String xml = html.replaceFirst("<!DOCTYPE html>", "")
        .replaceAll("(<(meta|img)[^>]*)>", "$1/>")
        .replaceAll("<(br|wbr)>", "<$1/>")
        .replace("&nbsp;", " ");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  private static List<String> texts(Document page, String element) {
    NodeList found = page.getElementsByTagName(element);
    return Stream.iterate(0, i -> i + 1)
        .limit(found.getLength())
        .map(i -> found.item(i).getTextContent())
        .toList();
  }

  @Test
  void theReportOfAClassifierHasAllItsParts() throws Exception {
    Model net = new Nets_NoisyNetwork(1);
    Report report = classes(net, TEST);

    Document page = parsed(report.html());

    assertThat(texts(page, "h2"))
        .containsExactly("Training", "Test", "Worst mistakes", "Network", "Settings");
    assertThat(texts(page, "h3"))
        .containsExactly(
            "loss",
            "accuracy",
            "learning rate",
            "Confusion matrix",
            "Classes",
            "ROC: true over false positive rate",
            "Graph",
            "Summary");
    assertThat(texts(page, "text")).contains("input [4]", "BatchNorm1d [8], relu", "Dropout [8]");
    assertThat(texts(page, "pre")).containsExactly(net.summary());
    assertThat(texts(page, "td")).contains("AdamW.of(0.01)", "70 rows of input [4], 3 classes");
  }

  @Test
  void theNumbersAreThoseOfTheTestRows() {
    Model net = new Nets_ClassesNetwork(1);
    Report report = classes(net, TEST);

    int right = 0;
    int[] predicted = net.predictClasses(TEST.input(0));
    for (int r = 0; r < TEST.size(); r++) {
      right += predicted[r] == TEST.label(r) ? 1 : 0;
    }
    assertThat(report.testResults().keySet()).containsExactly("loss", "accuracy", "macro f1");
    assertThat(report.testResults())
        .containsEntry("loss", net.evaluate(TEST.input(0), TEST.target()))
        .containsEntry("accuracy", right / (double) TEST.size());
    assertThat(report.html())
        .contains("<b>" + Numbers.brief(right / 50.0) + "</b><span class=\"soft\">test accuracy");
  }

  @Test
  void theConfusionMatrixCountsTheTestRows() throws Exception {
    Model net = new Nets_ClassesNetwork(1);
    String html = classes(net, TEST).html();
    String table = html.substring(html.indexOf("<table class=\"matrix\">"));
    Matcher cells = Pattern.compile("<td[^>]*>(\\d*)</td>")
        .matcher(table.substring(0, table.indexOf("</table>")));
    int[] predicted = net.predictClasses(TEST.input(0));
    ConfusionMatrix expected = new ConfusionMatrix(3);
    for (int r = 0; r < TEST.size(); r++) {
      expected.add(TEST.label(r), predicted[r]);
    }

    for (int cell = 0; cell < 9; cell++) {
      assertThat(cells.find()).isTrue();
      int count = cells.group(1).isEmpty() ? 0 : Integer.parseInt(cells.group(1));
      assertThat(count).isEqualTo(expected.count(cell / 3, cell % 3));
    }
    assertThat(cells.find()).isFalse();
  }

  @Test
  void ofManyClassesTheMostFrequentConfusionsAreListed() throws Exception {
    Dataset test = Blobs.classes(4, 400, 40);
    Model net = new Nets_ManyNetwork(1);

    List<String> cells = texts(parsed(classes(net, test).html()), "td");

    Map<String, Integer> expected = new HashMap<>();
    int[] predicted = net.predictClasses(test.input(0));
    for (int r = 0; r < test.size(); r++) {
      if (predicted[r] != test.label(r)) {
        expected.merge(test.label(r) + " " + predicted[r], 1, Integer::sum);
      }
    }
    assertThat(expected).hasSizeGreaterThan(20);
    int before = Integer.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      List<String> row = cells.subList(3 * i, 3 * i + 3);
      int count = Integer.parseInt(row.get(2));
      assertThat(expected.remove(row.get(0) + " " + row.get(1))).isEqualTo(count);
      assertThat(count).isLessThanOrEqualTo(before);
      before = count;
    }
    assertThat(Collections.max(expected.values())).isLessThanOrEqualTo(before);
  }

  @Test
  void theWorstMistakesComeFirst() throws Exception {
    Model net = new Nets_ClassesNetwork(1);
    String html = classes(net, TEST).html();
    String table = html.substring(html.indexOf("<h2>Worst"));
    Matcher rows = Pattern.compile("<tr><td class=\"n\">(\\d+)</td>").matcher(table);
    int[] predicted = net.predictClasses(TEST.input(0));
    double before = -1;
    int count = 0;
    while (rows.find()) {
      int row = Integer.parseInt(rows.group(1));
      assertThat(predicted[row]).isNotEqualTo(TEST.label(row));
      double probability = net.probabilities(TEST.input(0)).get(row, TEST.label(row));
      assertThat(probability).isGreaterThanOrEqualTo(before);
      before = probability;
      count++;
    }
    assertThat(count).isPositive();
  }

  @Test
  void theReportOfARegressionShowsResiduals() throws Exception {
    Model net = new Nets_DoublesNetwork(1);
    History history =
        Training.of(net, Sgd.of(0.1).momentum(0.9)).epochs(1).fit(Blobs.doubles(1, 60));

    Report report = Report.of(history, net, Blobs.doubles(2, 40));

    assertThat(report.testResults().keySet()).containsExactly("loss", "mse", "mae", "r2");
    assertThat(report.testResults().get("mse"))
        .isEqualTo(report.testResults().get("loss"), within(1e-12));
    assertThat(report.html()).contains("<td>Sgd.of(0.1)<wbr>.momentum(0.9)</td>");
    assertThat(texts(parsed(report.html()), "h3"))
        .containsSequence(
            "output 0: predicted vs. actual",
            "output 0: residuals (actual - predicted)",
            "output 1: predicted vs. actual",
            "output 1: residuals (actual - predicted)");
  }

  @Test
  void twoClassesOfOneOutputHaveTheirMetrics() throws Exception {
    Model net = new Nets_LogitNetwork(1);
    History history = Training.of(net, Sgd.of(0.1)).epochs(1).fit(Blobs.classes(1, 60, 2));

    Report report = Report.of(history, net, Blobs.classes(2, 40, 2));

    assertThat(report.testResults().keySet())
        .containsExactly("loss", "accuracy", "precision", "recall", "f1", "roc auc");
    parsed(report.html());
  }

  /** A row has any number of labels: these are not classes, and the page shows their probabilities. */
  @Test
  void severalLabelsHaveProbabilities() throws Exception {
    float[] x = Blobs.floats(Blobs.features(1, new int[40]));
    float[] y = new float[3 * 40];
    for (int i = 0; i < y.length; i++) {
      y[i] = i % 7 < 3 ? 1 : 0;
    }
    assertProbabilities(new Nets_LabelsNetwork(1), Dataset.of(x, y, 40), "probability 2");
  }

  @Test
  void softTargetsHaveProbabilities() throws Exception {
    float[] x = Blobs.floats(Blobs.features(1, new int[40]));
    float[] share = new float[40];
    float[] shares = new float[3 * 40];
    for (int r = 0; r < 40; r++) {
      share[r] = r / 40f;
      shares[3 * r + r % 3] = 0.75f;
      shares[3 * r + (r + 1) % 3] = 0.25f;
    }
    assertProbabilities(new Nets_LogitNetwork(1), Dataset.of(x, share, 40), "probability");
    assertProbabilities(new Nets_ClassesNetwork(1), Dataset.of(x, shares, 40), "probability 2");
  }

  private static void assertProbabilities(Model net, Dataset data, String name) throws Exception {
    History history = Training.of(net, Sgd.of(0.1)).epochs(1).fit(data);

    Report report = Report.of(history, net, data);

    double[] probabilities = net.probabilities(data.input(0)).toDoubleArray();
    double[] targets = data.target().toDoubleArray();
    double sum = 0;
    int worst = 0;
    double most = -1;
    int width = targets.length / data.size();
    for (int r = 0; r < data.size(); r++) {
      double error = 0;
      for (int i = r * width; i < (r + 1) * width; i++) {
        error += (targets[i] - probabilities[i]) * (targets[i] - probabilities[i]);
      }
      sum += error;
      if (error > most) {
        most = error;
        worst = r;
      }
    }
    assertThat(report.testResults().keySet()).containsExactly("loss", "mse", "mae", "r2");
    assertThat(report.testResults().get("mse")).isCloseTo(sum / targets.length, within(1e-12));
    assertThat(texts(parsed(report.html()), "h3")).contains(name + ": predicted vs. actual");
    assertThat(report.html().substring(report.html().indexOf("<h2>Worst")))
        .contains("<tr><td class=\"n\">" + worst + "</td>")
        .contains(Numbers.brief(probabilities[worst * width]));
  }

  /** A line has no classes, though its targets are numbered like them. */
  @Test
  void aRegressionOfTwoClassesIsOne() throws Exception {
    Dataset data = Blobs.classes(1, 60, 2);
    Model net = new Nets_LineNetwork(1);
    History history = Training.of(net, Sgd.of(0.1)).epochs(1).fit(data);

    Report report = Report.of(history, net, data);

    assertThat(report.testResults().keySet()).containsExactly("loss", "mse", "mae", "r2");
    assertThat(report.testResults().get("mse"))
        .isCloseTo(report.testResults().get("loss"), within(1e-6));
    assertThat(texts(parsed(report.html()), "h3")).contains("output: predicted vs. actual");
  }

  @Test
  void imagesAreDrawn() throws Exception {
    Dataset images = DatasetBuilder.of(40)
        .input("input", Blobs.floats(Blobs.features(3, new int[40 * 4])), 4, 4)
        .classes(Blobs.labels(5, 40, 3))
        .build();
    Model net = new Nets_ImagesNetwork(1);
    History history = Training.of(net, Sgd.of(0.1)).epochs(1).fit(images);

    String html = Report.of(history, net, images).html();

    assertThat(html)
        .contains("<img alt=\"the image of row ", "src=\"data:image/png;base64,iVBORw0KGgo");
  }

  @Test
  void thePageNeedsNoNetworkAndNoScript() {
    String html = classes(new Nets_ClassesNetwork(1), TEST).html();

    assertThat(html).doesNotContain("http:", "https:", "<script", "<link", "@import", "url(");
    assertThat(html).contains("prefers-color-scheme: dark", "name=\"viewport\"");
  }

  @Test
  void namesMeanNoMarkup() throws Exception {
    Dataset test = TEST.classNames("<script>alert(1)</script>", "a & \"b\"", "\u0000");

    String html = classes(new Nets_ClassesNetwork(1), test).title("<b>").html();

    assertThat(html).doesNotContain("<script", "<b>&lt;", "\u0000").contains("<h1>&lt;b&gt;</h1>");
    assertThat(texts(parsed(html), "th")).contains("<script>alert(1)</script>", "a & \"b\"");
  }

  @Test
  void aRunWithoutAnEpochHasAReport() throws Exception {
    Model net = new Nets_ClassesNetwork(1);
    History history = new History(List.of(), 0, "stopped", Map.of());

    Document page = parsed(Report.of(history, net, TEST).html());

    assertThat(texts(page, "h2")).containsExactly("Test", "Worst mistakes", "Network", "Settings");
  }

  @Test
  void thePageIsWrittenAtOnce() throws IOException {
    Path file = directory.resolve("report.html");
    Report report = classes(new Nets_ClassesNetwork(1), TEST);
    Files.writeString(file, "before");

    report.saveHtml(file);

    assertThat(file).hasContent(report.html());
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
    assertThatThrownBy(() -> report.saveHtml(directory.resolve("none").resolve("report.html")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aFailingWriteLeavesTheExistingReport() throws IOException {
    Path file = directory.resolve("report.html");
    Report report = classes(new Nets_ClassesNetwork(1), TEST);
    Files.writeString(file, "before");

    Thread.currentThread().interrupt(); // a file channel of an interrupted thread cannot be written
    try {
      assertThatThrownBy(() -> report.saveHtml(file))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(file.toString());
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }

    assertThat(file).hasContent("before");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void theExistingFileKeepsItsModeAndItsLinks() throws IOException {
    assumeThat(FileSystems.getDefault().supportedFileAttributeViews()).contains("posix");
    Path file = Files.writeString(directory.resolve("report.html"), "before");
    Path link = Files.createSymbolicLink(directory.resolve("link.html"), file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Report report = classes(new Nets_ClassesNetwork(1), TEST);

    report.saveHtml(link);

    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent(report.html());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
  }

  private static void fill(Map<String, Tensor> parameters, double value) {
    parameters.forEach((name, each) -> {
      int width = each.size() / each.shape()[0];
      for (int i = 0; i < each.size(); i++) {
        each.set(
            value, each.shape().length == 1 ? new int[] {i} : new int[] {i / width, i % width});
      }
    });
  }

  /** A drawing has no shape that is nowhere. */
  private static void assertDrawn(String html) throws Exception {
    parsed(html);
    assertThat(html)
        .doesNotContainPattern("<(svg|path|line|rect|circle|text)[^>]*=\"[^\"]*(NaN|Infinity)");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 1e30})
  void aNetworkThatDivergedHasAReport(double value) throws Exception {
    Map<String, Double> metrics = Map.of("accuracy", Double.NaN);
    History history = new History(
        List.of(
            new Epoch(1, 0.1, 1.7e308, value, Map.of("accuracy", 0.5), Map.of(), 70, 1),
            new Epoch(2, 0.1, value, value, metrics, metrics, 70, 1)),
        1,
        "the loss is " + value,
        Map.of());
    Dataset images = DatasetBuilder.of(4)
        .input("input", Blobs.floats(Blobs.features(3, new int[4 * 4])), 4, 4)
        .classes(0, 1, 2, 1)
        .build();
    Map<Model, Dataset> networks = Map.of(
        new Nets_ClassesNetwork(1), TEST,
        new Nets_NoisyNetwork(1), TEST,
        new Nets_LogitNetwork(1), Blobs.classes(2, 40, 2),
        new Nets_DoublesNetwork(1), Blobs.doubles(2, 40),
        new Nets_ImagesNetwork(1), images);
    Path file = directory.resolve("report.html");
    for (Map.Entry<Model, Dataset> each : networks.entrySet()) {
      Model net = each.getKey();
      List<Layer> layers = net.architecture().layers();
      for (Map<String, Tensor> some :
          List.of(Map.of("b", layers.get(layers.size() - 1).bias()), net.parameters())) {
        fill(some, value);

        Report.of(history, net, each.getValue()).saveHtml(file);

        assertDrawn(Files.readString(file));
      }
    }
  }

  @Test
  void rowsThatDoNotFitAreRefused() {
    Model net = new Nets_ClassesNetwork(1);
    History history = new History(List.of(), 0, "stopped", Map.of());

    assertThatThrownBy(() -> Report.of(history, net, Dataset.of(new float[3], new int[] {1})))
        .hasMessage("the test data has [3] values in a row of input, expected [4] for Classes");
  }
}
