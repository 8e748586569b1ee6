package dev.gradpoet.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.benchmarks.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the tables and the chart with invented figures. */
class ReportTest {

  private static final Results RESULTS = new Results(
      new Environment("2026-01-02", "17.0.1, Some VM", List.of("-Xa"), "Some CPU, 2 cores"),
      MeasuredSet.QUICK,
      100,
      List.of(
          new Measurement(
              Kind.ONE_ROW, Shape.N4_16_3, Measurement.GRADPOET, new double[] {30, 10, 20}, 0),
          new Measurement(Kind.ONE_ROW, Shape.N4_16_3, "ONNX Runtime", new double[] {4000}, 100),
          new Measurement(
              Kind.STEP, Shape.N64_32_10, Measurement.GRADPOET, new double[] {1_234_567}, 0)),
      new StartUp(40, 60.4, 90, 150.2),
      List.of(new CodeSize(Shape.N4_16_3, 12.34, 900, 30_000, 20_000, 400)));

  @Test
  void tablesGiveTheSpreadTheShareOfThePeakAndTheRatio() {
    String text = new Markdown(RESULTS).text();

    assertThat(text)
        .contains("17.0.1, Some VM", "2026-01-02", "Some CPU, 2 cores", "`-Xa`", "100.0 GFLOP/s")
        // 224 operations in 20 ns are 11.2 per nanosecond
        .contains(
            "| 4-16-3 | 1 | 10.0 ns, **20.0 ns**, 30.0 ns | 11 % | 0 | | | | | 4.00 us | 1/200 | | |")
        .contains("| 64-32-10 | 32 | 1.23 ms, **1.23 ms**, 1.23 ms |")
        .contains("| plain kernels, plain Java | 60 ms | 40 ms | 20 ms |")
        .contains("| vector kernels, an expression of vectors | 150 ms | 90 ms | 60 ms |")
        .contains("| 4-16-3 | 12.3 ms | 900 lines, 30.0 kB | 20.0 kB | 400 B |");
  }

  @Test
  void aSetWithoutStepsHasNeitherTheirTableNorTheirBars() {
    Results models = new Results(
        RESULTS.environment(),
        MeasuredSet.MODELS,
        100,
        List.of(
            new Measurement(
                Kind.ONE_ROW, Shape.JUMPER_HARD, Measurement.GRADPOET, new double[] {500}, 0),
            new Measurement(
                Kind.ONE_ROW, Shape.JUMPER_HARD, "ONNX Runtime", new double[] {5000}, 100)),
        RESULTS.startUp(),
        List.of());

    assertThat(new Markdown(models).text())
        .contains("### one row", "### 64 rows", "| JumperHard | 1 | 500 ns", "5.00 us | 0.10 |")
        .doesNotContain("### training step");
    // A background, four of the legend, two measurements.
    assertThat(new Chart(models).svg().split("<rect ", -1)).hasSize(1 + 1 + 4 + 2);
  }

  @Test
  void theLargestNetworkIsMeasuredInStepsOfTheFullSetOnly() {
    for (MeasuredSet set : MeasuredSet.values()) {
      assertThat(set.shapes(Kind.STEP).contains(Shape.N4096_4096_4096_10))
          .isEqualTo(set == MeasuredSet.FULL);
      assertThat(set.shapes(Kind.ONE_ROW)).doesNotContainAnyElementsOf(MeasuredSet.LARGE);
      assertThat(set.shapes(Kind.ROWS_64)).doesNotContainAnyElementsOf(MeasuredSet.LARGE);
    }
  }

  @Test
  void theChartHasABarForEachMeasurementOfRowsAndSteps() {
    String svg = new Chart(RESULTS).svg();

    assertThat(svg).startsWith("<svg xmlns=").endsWith("</svg>\n").contains("20.0 ns", "1.23 ms");
    // A background, four of the legend, three measurements.
    assertThat(svg.split("<rect ", -1)).hasSize(1 + 1 + 4 + 3);
  }

  @Test
  void timesHaveThreeSignificantDigits() {
    assertThat(List.of(1.234, 12.34, 123.4, 1234.0, 999_600.0, 2e9))
        .extracting(Markdown::time)
        .containsExactly("1.23 ns", "12.3 ns", "123 ns", "1.23 us", "1.00 ms", "2.00 s");
  }

  @Test
  void floatingPointOperationsAreTwoForEachWeightAndThreeProductsAStep() {
    assertThat(Kind.ONE_ROW.flops(Shape.N784_128_10)).isEqualTo(2 * (784 * 128 + 128 * 10));
    // Forward, the weights' gradients, and the gradient of the hidden layer; the gradient of the
    // input is not computed.
    assertThat(Kind.STEP.flops(Shape.N784_128_10))
        .isEqualTo(64L * 2 * (2 * 784 * 128 + 3 * 128 * 10));
  }

  @Test
  void aConvolutionUsesItsWeightsForEachPixelOfItsOutput() {
    long first = 2 * 28 * 28 * (6 * 25);
    long others = 2 * (10 * 10 * (16 * 6 * 25) + 400 * 120 + 120 * 84 + 84 * 10);

    assertThat(Kind.ONE_ROW.flops(Shape.LENET_5)).isEqualTo(first + others);
    assertThat(Kind.STEP.flops(Shape.LENET_5)).isEqualTo(64 * (2 * first + 3 * others));
  }

  @Test
  void aDepthwiseConvolutionUsesOnlyTheWeightsOfAChannel() {
    long block = 25 * 5 * (64 * 9 + 64 * 64);

    assertThat(Kind.ONE_ROW.flops(Shape.DS_CNN))
        .isEqualTo(2 * (25 * 5 * (64 * 40) + 4 * block + 64 * 12));
  }

  @Test
  void anUnknownSetIsRejected() {
    assertThatThrownBy(() -> MeasuredSet.of("most"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the set is \"most\", expected one of quick, images, models, threads, full: -Dset=full");
  }

  @Tag("exhaustive")
  @ParameterizedTest
  @EnumSource(names = {"N4_16_3", "LENET_5"})
  void theSizeOfCodeIsThatOfTheGeneratedSource(Shape shape, @TempDir Path directory)
      throws IOException {
    CodeSize size = CodeSize.measure(shape, directory);

    assertThat(size.shape()).isEqualTo(shape);
    assertThat(size.lines()).isBetween(300, 3500);
    assertThat(size.largestMethod()).isBetween(50, 8000);
    assertThat(size.classBytes()).isGreaterThan(size.largestMethod());
    assertThat(size.milliseconds()).isPositive();
  }

  @Test
  void theTwinInCHasConstantsForSizes() {
    String byInput = new CSource(Shape.N4_16_3, 64, CSource.Layout.BY_INPUT).text();
    String byOutput = new CSource(Shape.N4_16_3, 1, CSource.Layout.BY_OUTPUT).text();

    assertThat(byInput)
        .contains("#define ROWS 64", "static float w0[4][16]", "static float w1[16][3]");
    assertThat(byOutput)
        .contains("#define ROWS 1", "static float w0[16][4]", "static float w1[3][16]");
  }
}
