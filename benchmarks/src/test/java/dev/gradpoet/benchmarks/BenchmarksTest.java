package dev.gradpoet.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs every benchmark once, without regard to speed. */
class BenchmarksTest {

  @Test
  void everyBenchmarkRunsAnIteration() throws RunnerException {
    Collection<RunResult> runs = new Runner(new OptionsBuilder()
            .include("^dev\\.gradpoet\\.benchmarks\\.(Forward|Step|Peak)Benchmark\\.")
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(1))
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .build())
        .run();

    // One row and 64 rows, a step of each shape, and the peak.
    assertThat(runs).hasSize(3 * Shape.values().length + 1);
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void aShapeIsTheNetworkOfItsName(Shape shape) {
    Gradpoet network = Gradpoet.of(shape, shape.batch());
    for (int i = 1; i < shape.widths().size(); i++) {
      assertThat(network.model().layer(i - 1).weight().shape())
          .containsExactly(shape.widths().get(i), shape.widths().get(i - 1));
    }
    assertThat(network.model().parameters()).hasSize(2 * (shape.widths().size() - 1));
  }

  @ParameterizedTest
  @EnumSource(
      value = Shape.class,
      names = {"N4_16_3", "N11_64_32_16_1"})
  void stepsLearnAndStayFinite(Shape shape) {
    Gradpoet training = Gradpoet.of(shape, shape.batch());
    Work work = Work.of(shape, shape.batch());
    float first = training.step(work);
    float last = first;
    for (int i = 0; i < 2000; i++) {
      last = training.step(work);
    }
    assertThat(last).isFinite().isLessThan(first);
  }
}
