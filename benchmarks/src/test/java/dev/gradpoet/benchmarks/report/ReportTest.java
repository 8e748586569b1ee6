package dev.gradpoet.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.benchmarks.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the tables and the chart with invented figures. */
class ReportTest {

  private static final Environment ENVIRONMENT =
      new Environment("2026-01-02", "17.0.1+6, Some VM", List.of("-Xa"), "Some CPU, 2 cores");

  private static final Task ROW = new Task(Kind.ONE_ROW, Shape.N4_16_3, 1);
  private static final Task STEP = new Task(Kind.STEP, Shape.N64_32_10, 1);

  private static final Results RESULTS = new Results(
      ENVIRONMENT,
      MeasuredSet.FULL,
      100,
      List.of(
          of(ROW, Contender.GRADPOET, 30, 20),
          of(ROW, Contender.GCC, 15, 15.1),
          of(ROW, Contender.ONNX_RUNTIME, 4000),
          of(STEP, Contender.GRADPOET, 1_234_567),
          of(STEP, Contender.DJL, 2_469_134),
          of(STEP.on(2), Contender.GRADPOET, 700_000),
          of(STEP.on(2), Contender.DJL, 2_100_000)),
      new StartUp(40, 60.4, 90, 150.2),
      List.of(new CodeSize(Shape.N4_16_3, 12.34, 900, 30_000, 20_000, 400)));

  private static Measurement of(Task task, Contender contender, double... nanoseconds) {
    return new Measurement(task, contender, nanoseconds, 0);
  }

  @Test
  void tablesGiveTheFastestForkTheShareOfThePeakAndTheFactor() {
    assertThat(new Markdown(RESULTS).text())
        .contains("17.0.1+6, Some VM", "2026-01-02", "Some CPU, 2 cores", "`-Xa`", "100 GFLOP/s")
        .contains("The forks of 1 of 2 figures are within 5 %; the furthest apart are 50 %"
            + " (4-16-3, one row: Gradpoet).")
        // 224 operations in 20 ns are 11.2 per nanosecond
        .contains("""
            | network | Gradpoet | of the peak | gcc | ONNX Runtime |
            |---|---|---|---|---|
            | 4-16-3 | 20.0 ns | 11 % | 15.0 ns, **0.75×** | 4.00 us, 200× |
            """)
        .contains("| 64-32-10, 32 rows | 1.23 ms |", "| 2.47 ms, 2.00× |")
        .contains("""
            | 64-32-10, training step | Gradpoet | 1.23 ms | 700 us | 1.76 |  |
            |  | DJL + PyTorch | 2.47 ms | 2.10 ms | 1.18 | 3.00× |
            """)
        .contains("| plain kernels; plain Java | 60 ms | 40 ms | 20 ms |")
        .contains("| vector kernels; an expression of vectors | 150 ms | 90 ms | 60 ms |")
        .contains("| 4-16-3 | 12.3 ms | 900 lines, 30.0 kB | 20.0 kB | 400 B |")
        .doesNotContain("### 64 rows");
  }

  @Test
  void theChartHasAMarkForEachTimeOfAnother() {
    String svg = new Chart(RESULTS).svg();

    assertThat(svg).startsWith("<svg xmlns=").endsWith("</svg>\n");
    assertThat(svg)
        .contains("JDK 17.0.1<", "One row, one thread", "20.0 ns", "1.23 ms", "Two threads");
    // one of the legend, and those of the results
    assertThat(svg.split("class=\"gcc\"", -1)).hasSize(1 + 1 + 1);
    assertThat(svg.split("class=\"djl\"", -1)).hasSize(1 + 1 + 2);
    assertThat(svg.split("class=\"plain\"", -1)).hasSize(1 + 1);
  }

  @Test
  void resultsCanBeReadAndPrintedAgain() {
    Results read = Main.JSON.fromJson(Main.JSON.toJson(RESULTS), Results.class);

    assertThat(new Markdown(read).text()).isEqualTo(new Markdown(RESULTS).text());
    assertThat(new Chart(read).svg()).isEqualTo(new Chart(RESULTS).svg());
  }

  @Test
  void onlyTheFullSetOfAllNetworksIsComplete() {
    assertThat(RESULTS.areComplete()).isFalse();
    for (MeasuredSet set : MeasuredSet.values()) {
      List<Measurement> all =
          set.tasks().stream().map(task -> of(task, Contender.GRADPOET, 1)).toList();
      Results results = new Results(ENVIRONMENT, set, 100, all, RESULTS.startUp(), RESULTS.code());
      assertThat(results.areComplete()).isEqualTo(set == MeasuredSet.FULL);
    }
  }

  @Test
  void theTablesOfAJdkAreReplaced() {
    String page = """
        before
        <!-- tables: jdk17 -->
        old
        <!-- end of tables: jdk17 -->
        <!-- tables: jdk25 -->
        other
        <!-- end of tables: jdk25 -->
        """;

    assertThat(Readme.withTables(page, 17, "new\n")).isEqualTo("""
        before
        <!-- tables: jdk17 -->

        new

        <!-- end of tables: jdk17 -->
        <!-- tables: jdk25 -->
        other
        <!-- end of tables: jdk25 -->
        """);
    assertThatThrownBy(() -> Readme.withTables(page, 21, "new\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the README has no place for the tables of JDK 21");
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 25})
  void theReadmeHasAPlaceForTheTablesOf(int jdk) throws IOException {
    String page = Files.readString(Path.of("README.md"));

    assertThat(Readme.withTables(page, jdk, "### new\n")).contains("### new");
  }

  @Test
  void everyTaskOnTwoThreadsIsAlsoMeasuredOnOne() {
    for (MeasuredSet set : MeasuredSet.values()) {
      List<Task> tasks = set.tasks();
      assertThat(tasks).doesNotHaveDuplicates();
      assertThat(tasks).containsAll(tasks.stream().map(task -> task.on(1)).toList());
    }
  }

  @Test
  void theLargestNetworkIsMeasuredInStepsOfTheFullSetOnly() {
    for (MeasuredSet set : MeasuredSet.values()) {
      List<Task> large = set.tasks().stream().filter(Task::isLarge).toList();
      assertThat(large).hasSize(set == MeasuredSet.FULL ? 2 : 0);
      assertThat(large).allMatch(task -> task.kind() == Kind.STEP && set.forks(task) == 1);
    }
  }

  @Test
  void contendersDoWhatTheyCan() {
    Task wide = new Task(Kind.ROWS_64, Shape.N784_512_512_10, 1);
    Task model = new Task(Kind.ONE_ROW, Shape.ORT_MNIST, 1);
    Task large = new Task(Kind.STEP, Shape.N4096_4096_4096_10, 1);

    assertThat(contenders(ROW))
        .containsExactly(
            Contender.GRADPOET,
            Contender.PLAIN,
            Contender.GCC,
            Contender.ONNX_RUNTIME,
            Contender.DJL);
    assertThat(contenders(STEP))
        .containsExactly(Contender.GRADPOET, Contender.PLAIN, Contender.DJL);
    assertThat(contenders(STEP.on(2))).containsExactly(Contender.GRADPOET, Contender.DJL);
    assertThat(contenders(wide))
        .containsExactly(
            Contender.GRADPOET,
            Contender.PLAIN,
            Contender.ONNX_RUNTIME,
            Contender.DJL,
            Contender.DJL_AVX512);
    assertThat(contenders(model))
        .containsExactly(Contender.GRADPOET, Contender.PLAIN, Contender.ONNX_RUNTIME);
    assertThat(contenders(large))
        .containsExactly(Contender.GRADPOET, Contender.DJL, Contender.DJL_AVX512);
  }

  private static List<Contender> contenders(Task task) {
    return Arrays.stream(Contender.values())
        .filter(contender -> contender.does(task))
        .toList();
  }

  @Test
  void timesHaveThreeSignificantDigits() {
    assertThat(List.of(1.234, 12.34, 123.4, 1234.0, 999_600.0, 2e9))
        .extracting(Markdown::time)
        .containsExactly("1.23 ns", "12.3 ns", "123 ns", "1.23 us", "1.00 ms", "2.00 s");
  }

  @Test
  void floatingPointOperationsAreTwoForEachWeightAndThreeProductsAStep() {
    assertThat(flops(Kind.ONE_ROW, Shape.N784_128_10)).isEqualTo(2 * (784 * 128 + 128 * 10));
    // Forward, the weights' gradients, and the gradient of the hidden layer; the gradient of the
    // input is not computed.
    assertThat(flops(Kind.STEP, Shape.N784_128_10))
        .isEqualTo(64L * 2 * (2 * 784 * 128 + 3 * 128 * 10));
  }

  @Test
  void aConvolutionUsesItsWeightsForEachPixelOfItsOutput() {
    long first = 2 * 28 * 28 * (6 * 25);
    long others = 2 * (10 * 10 * (16 * 6 * 25) + 400 * 120 + 120 * 84 + 84 * 10);

    assertThat(flops(Kind.ONE_ROW, Shape.LENET_5)).isEqualTo(first + others);
    assertThat(flops(Kind.STEP, Shape.LENET_5)).isEqualTo(64 * (2 * first + 3 * others));
  }

  @Test
  void aDepthwiseConvolutionUsesOnlyTheWeightsOfAChannel() {
    long block = 25 * 5 * (64 * 9 + 64 * 64);

    assertThat(flops(Kind.ONE_ROW, Shape.DS_CNN))
        .isEqualTo(2 * (25 * 5 * (64 * 40) + 4 * block + 64 * 12));
  }

  private static long flops(Kind kind, Shape shape) {
    return new Task(kind, shape, 1).flops();
  }

  @Test
  void anUnknownNetworkIsRejected() {
    assertThat(Shape.of("LeNet-5")).isEqualTo(Shape.LENET_5);
    assertThatThrownBy(() -> Shape.of("LeNet"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no network is \"LeNet\", but 4-16-3, 11-64-32-16-1, ");
  }

  @Test
  void anUnknownSetIsRejected() {
    assertThatThrownBy(() -> MeasuredSet.of("most"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the set is \"most\", expected one of quick, full, stacks, or print for the results of the last run: -Dset=full");
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
