package dev.gradpoet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gradpoet.DType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The metrics are those of scikit-learn; {@code make_metrics.py} wrote the cases. */
class MetricTest {

  private static final Map<String, Metric> METRICS = new LinkedHashMap<>();

  static {
    for (Metric metric : List.of(
        Metric.ACCURACY,
        Metric.PRECISION,
        Metric.RECALL,
        Metric.F1,
        Metric.MACRO_PRECISION,
        Metric.MACRO_RECALL,
        Metric.MACRO_F1,
        Metric.MICRO_PRECISION,
        Metric.MICRO_RECALL,
        Metric.MICRO_F1,
        Metric.ROC_AUC,
        Metric.LOG_LOSS,
        Metric.MSE,
        Metric.MAE,
        Metric.R2,
        Metric.topK(1),
        Metric.topK(2),
        Metric.topK(3))) {
      METRICS.put(metric.name().replace(' ', '_'), metric);
    }
  }

  /** A case of the file. */
  record Case(String name, Predictions predictions, Map<String, Double> expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    try (BufferedReader in = new BufferedReader(new InputStreamReader(
        MetricTest.class.getResourceAsStream("metrics.txt"), StandardCharsets.US_ASCII))) {
      Map<String, String[]> lines = new LinkedHashMap<>();
      Map<String, Double> expected = new LinkedHashMap<>();
      for (String line : in.lines().toList()) {
        String[] cells = line.split(" ");
        if (cells[0].equals("case") && !lines.isEmpty()) {
          cases.add(of(lines, expected));
          lines.clear();
          expected = new LinkedHashMap<>();
        }
        if (cells[0].equals("expected")) {
          expected.put(cells[1], Double.parseDouble(cells[2]));
        } else if (!cells[0].equals("#")) {
          lines.put(cells[0], Arrays.copyOfRange(cells, 1, cells.length));
        }
      }
      cases.add(of(lines, expected));
    }
    return cases;
  }

  private static Case of(Map<String, String[]> lines, Map<String, Double> expected) {
    String[] head = lines.get("case");
    DType dtype = head[2].equals("float32") ? DType.FLOAT32 : DType.FLOAT64;
    return new Case(
        head[0],
        Predictions.of(
            Integer.parseInt(head[1]),
            dtype,
            doubles(lines.get("outputs")),
            lines.containsKey("targets") ? doubles(lines.get("targets")) : null,
            lines.containsKey("labels") ? ints(lines.get("labels")) : null,
            lines.containsKey("classes") ? ints(lines.get("classes")) : new int[0]),
        expected);
  }

  private static double[] doubles(String... cells) {
    return Arrays.stream(cells).mapToDouble(Double::parseDouble).toArray();
  }

  private static int[] ints(String... cells) {
    return Arrays.stream(cells).mapToInt(Integer::parseInt).toArray();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aMetricIsThatOfScikitLearn(Case each) {
    assertThat(each.expected()).hasSizeGreaterThanOrEqualTo(2);
    each.expected().forEach((name, value) -> {
      // scikit-learn normalizes and sums float32 probabilities in float32
      double tolerance = each.predictions().dtype() == DType.FLOAT32 ? 1e-6 : 1e-12;
      assertThat(METRICS.get(name).of(each.predictions()))
          .as(name)
          .isCloseTo(value, within(tolerance * Math.max(1, Math.abs(value))));
    });
  }

  @Test
  void everyMetricHasACase() throws IOException {
    assertThat(cases().stream().flatMap(each -> each.expected().keySet().stream()))
        .containsAll(METRICS.keySet());
  }

  @Test
  void theAreaIsThatUnderThePointsOfTheCurve() throws IOException {
    for (Case each : cases()) {
      if (each.expected().containsKey("roc_auc") && each.predictions().classCount() == 2) {
        double[][] points = RocCurve.of(each.predictions(), 1).points(Integer.MAX_VALUE);
        double area = 0;
        for (int i = 1; i < points[0].length; i++) {
          area += (points[0][i] - points[0][i - 1]) * (points[1][i] + points[1][i - 1]) / 2;
        }
        assertThat(area).isCloseTo(each.expected().get("roc_auc"), within(1e-12));
      }
    }
  }

  @Test
  void aCurveWithAScoreThatIsNaNDoesNotExist() {
    double[][] scores = {
      {Double.NaN, 0.2, 0.7}, {0.9, Double.NaN, 0.7}, {Double.NaN, Double.NaN, Double.NaN}
    };
    for (double[] each : scores) {
      Predictions predictions =
          Predictions.of(1, DType.FLOAT64, each, null, new int[] {1, 0, 1}, 1, 0, 1);

      assertThat(RocCurve.of(predictions, 1).exists()).isFalse();
      assertThat(RocCurve.of(predictions, 1).area()).isNaN();
      assertThat(RocCurve.of(predictions, 1).points(10)).isDeepEqualTo(new double[2][0]);
      assertThat(Metric.ROC_AUC.of(predictions)).isNaN();
    }
    Predictions wide = Predictions.of(
        3,
        DType.FLOAT64,
        new double[] {1, 0, 0, 0, 1, 0, 0, Double.NaN, 1},
        null,
        new int[] {0, 1, 2},
        0,
        1,
        2);
    assertThat(Metric.ROC_AUC.of(wide)).isNaN();
  }

  @Test
  void infiniteScoresAreRanked() {
    Predictions predictions = Predictions.of(
        1,
        DType.FLOAT64,
        new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, 1},
        null,
        new int[] {1, 0, 1, 0},
        1,
        0,
        1,
        1);

    assertThat(Metric.ROC_AUC.of(predictions)).isEqualTo(0.75);
    assertThat(RocCurve.of(predictions, 1).points(10))
        .isDeepEqualTo(new double[][] {{0, 0, 0.5, 0.5, 1}, {0, 0.5, 0.5, 1, 1}});
  }

  /** A matrix of these classes would have 64 GB. */
  @Test
  void metricsOfManyClassesTakeNoMatrix() {
    int classes = 1 << 17;
    Predictions predictions = Predictions.of(
        classes,
        DType.FLOAT32,
        new double[4 * classes],
        null,
        new int[] {0, 5, classes - 1, -100},
        0,
        7,
        classes - 1,
        0);

    for (Metric metric :
        List.of(Metric.ACCURACY, Metric.MICRO_F1, Metric.MICRO_PRECISION, Metric.MICRO_RECALL)) {
      assertThat(metric.of(predictions)).as(metric.name()).isEqualTo(2 / 3.0);
    }
    for (Metric metric : List.of(Metric.MACRO_F1, Metric.MACRO_PRECISION, Metric.MACRO_RECALL)) {
      assertThat(metric.of(predictions)).as(metric.name()).isEqualTo(0.5);
    }
  }

  @Test
  void rowsOfAnIgnoredClassAreNotCounted() {
    Predictions all = Predictions.of(
        1, DType.FLOAT64, new double[] {0.9, 0.2, 0.7}, null, new int[] {1, -100, 0}, 1, 0, 1);
    Predictions counted =
        Predictions.of(1, DType.FLOAT64, new double[] {0.9, 0.7}, null, new int[] {1, 0}, 1, 1);

    for (Metric metric :
        List.of(Metric.ACCURACY, Metric.MACRO_F1, Metric.ROC_AUC, Metric.LOG_LOSS)) {
      assertThat(metric.of(all)).as(metric.name()).isEqualTo(metric.of(counted));
    }
  }

  @Test
  void denseTargetsHaveTheClassOfTheLargest() {
    Predictions wide = Predictions.of(
        3, DType.FLOAT64, new double[6], new double[] {0, 0.2, 0.8, 0.6, 0.4, 0}, null, 2, 1);
    Predictions narrow =
        Predictions.of(1, DType.FLOAT64, new double[2], new double[] {0.5, 0.4}, null, 1, 0);

    assertThat(Metric.ACCURACY.of(wide)).isEqualTo(0.5);
    assertThat(Metric.ACCURACY.of(narrow)).isEqualTo(1);
  }

  @Test
  void whatAMetricCannotMeasureIsRefused() {
    Predictions wide = Predictions.of(3, DType.FLOAT64, new double[3], null, new int[] {2}, 2);
    Predictions narrow = Predictions.of(1, DType.FLOAT64, new double[1], null, new int[] {1}, 1);

    assertThatThrownBy(() -> Metric.F1.of(wide))
        .hasMessage("f1 is of two classes, the network has 3: use the macro or micro average");
    assertThatThrownBy(() -> Metric.topK(2).of(narrow))
        .hasMessage("top 2 is of several outputs, the network has one: use ACCURACY");
    assertThatThrownBy(() -> Metric.topK(0)).hasMessage("top 0, expected at least 1");
    assertThatThrownBy(() -> Metric.of(" ", true, p -> 0)).hasMessageContaining("not blank");
    assertThat(Metric.ROC_AUC.of(narrow)).isNaN();
    assertThat(Metric.R2.of(narrow)).isNaN();
  }
}
