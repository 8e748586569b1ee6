package dev.gradpoet.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs every benchmark once, without regard to speed. */
class BenchmarksTest {

  /** The largest network takes seconds. */
  @Tag("exhaustive")
  @Test
  void theLargestNetworkTrains() {
    Shape shape = Shape.N4096_4096_4096_10;
    Gradpoet network = Gradpoet.of(shape, shape.batch());
    Work work = network.work(shape.batch());
    float first = network.step(work);
    float last = network.step(work);

    aStackIsTheNetworkOfItsName(shape);
    assertThat(last).isFinite().isLessThan(first);
  }

  @Test
  void everyBenchmarkRunsAnIteration() throws RunnerException {
    List<Shape> shapes = Arrays.stream(Shape.values())
        .filter(shape -> shape != Shape.N4096_4096_4096_10)
        .toList();
    List<Shape> trained =
        shapes.stream().filter(shape -> shape.model().isEmpty()).toList();

    assertThat(run("Forward", shapes)).hasSize(2 * shapes.size());
    assertThat(run("Step", trained)).hasSize(trained.size());
    assertThat(run("Peak", List.of())).hasSize(1);
  }

  private static Collection<RunResult> run(String benchmark, List<Shape> shapes)
      throws RunnerException {
    ChainedOptionsBuilder options = new OptionsBuilder()
        .include("^dev\\.gradpoet\\.benchmarks\\." + benchmark + "Benchmark\\.")
        .forks(0)
        .warmupIterations(0)
        .measurementIterations(1)
        .measurementTime(TimeValue.milliseconds(1))
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true);
    if (!shapes.isEmpty()) {
      options.param("shape", shapes.stream().map(Enum::name).toArray(String[]::new));
    }
    return new Runner(options.build()).run();
  }

  /** The declaration names the very file that ONNX Runtime runs. */
  @ParameterizedTest
  @CsvSource({"JUMPER_HARD, JumperHard", "TRIBUO_MNIST, TribuoMnist", "ORT_MNIST, OrtMnist"})
  void aModelIsImportedFromItsFile(Shape shape, String declaration) throws Exception {
    String source = Files.readString(
        Path.of("src/main/java/dev/gradpoet/benchmarks/models", declaration + ".java"));
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(Gradpoet.file(shape.model().orElseThrow()));

    assertThat(source)
        .contains("SHA-256 of " + shape.model().get() + ": " + HexFormat.of().formatHex(hash));
    assertThat(Gradpoet.of(shape, 1).model().architecture().name()).isEqualTo(declaration);
  }

  @ParameterizedTest
  @EnumSource(
      value = Shape.class,
      names = {"N[0-9].*", "(?!N4096).*"},
      mode = EnumSource.Mode.MATCH_ALL)
  void aStackIsTheNetworkOfItsName(Shape shape) {
    Gradpoet network = Gradpoet.of(shape, shape.batch());
    for (int i = 1; i < shape.widths().size(); i++) {
      assertThat(network.model().layer(i - 1).weight().shape())
          .containsExactly(shape.widths().get(i), shape.widths().get(i - 1));
    }
    assertThat(network.model().parameters()).hasSize(2 * (shape.widths().size() - 1));
  }

  @ParameterizedTest
  @CsvSource({
    "LENET_5, 28 28 14 14 10 10 5 5, 61706",
    "MNIST_8_16_10, 28 28 14 14 14 14 4 4, 5994",
    "DS_CNN, 25 5 25 5 25 5 25 5 25 5 25 5 25 5 25 5 25 5 1 1, 22604"
  })
  void anImageNetworkHasTheMapsAndParametersOfTheOriginal(
      Shape shape, String maps, int parameters) {
    Model model = Gradpoet.of(shape, 1).model();

    String sizes = model.architecture().layers().stream()
        .map(Layer::shape)
        .filter(sample -> sample.length == 3)
        .map(sample -> sample[1] + " " + sample[2])
        .collect(Collectors.joining(" "));
    assertThat(sizes).isEqualTo(maps);
    assertThat(model.parameters().values().stream().mapToInt(Tensor::size).sum())
        .isEqualTo(parameters);
  }

  /** By 200 times what Agreement allows for rounding errors: otherwise wrong outputs of a rival would pass. */
  @ParameterizedTest
  @EnumSource(value = Shape.class, names = "N4096_4096_4096_10", mode = EnumSource.Mode.EXCLUDE)
  void theOutputsDependOnTheRow(Shape shape) {
    Gradpoet network = Gradpoet.of(shape, 1);
    float[] y = network.forward(network.work(2));

    float largest = 0;
    for (int i = 0; i < y.length / 2; i++) {
      largest = Math.max(largest, Math.abs(y[i] - y[y.length / 2 + i]));
    }
    assertThat(largest).isGreaterThan(0.02f);
  }

  @ParameterizedTest
  @EnumSource(
      value = Shape.class,
      names = {"N4_16_3", "N11_64_32_16_1"})
  void stepsLearnAndStayFinite(Shape shape) {
    Gradpoet training = Gradpoet.of(shape, shape.batch());
    Work work = training.work(shape.batch());
    float first = training.step(work);
    float last = first;
    for (int i = 0; i < 2000; i++) {
      last = training.step(work);
    }
    assertThat(last).isFinite().isLessThan(first);
  }
}
