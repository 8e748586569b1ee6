package dev.gradpoet.benchmarks.report;

import dev.gradpoet.benchmarks.ForwardBenchmark;
import dev.gradpoet.benchmarks.PeakBenchmark;
import dev.gradpoet.benchmarks.StepBenchmark;
import java.io.IOException;
import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs JMH, each time a single fork: ours, or that of a rival, which a profile compiles. */
final class JmhRuns {

  /** Two seconds of warm-up: C2 takes so long for the tiles of a wide network. */
  private static final int WARM_UPS = 4;

  private static final int ITERATIONS = 4;
  private static final TimeValue ITERATION = TimeValue.milliseconds(500);

  private static final String RIVALS = "^dev\\.gradpoet\\.benchmarks\\.rivals\\.";
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  /**
   * The time of a fork.
   *
   * @param nanoseconds the time per call of its fastest iteration
   * @param bytes the bytes allocated on the Java heap per call
   */
  record Fork(double nanoseconds, double bytes) {}

  private final Mkl mkl;

  JmhRuns(Mkl mkl) {
    this.mkl = mkl;
  }

  /** The floating-point operations per nanosecond of one core at its limit. */
  double peak() throws RunnerException {
    return PeakBenchmark.flops() / run(options(regex(PeakBenchmark.class))).nanoseconds();
  }

  /**
   * A fork of a contender.
   *
   * @throws RunnerException if it fails, as that of a rival does whose results differ from ours
   */
  Fork fork(Task task, Contender contender)
      throws RunnerException, IOException, InterruptedException {
    boolean steps = task.kind() == Kind.STEP;
    ChainedOptionsBuilder options = options(
            switch (contender) {
              case GRADPOET, PLAIN -> regex(steps ? StepBenchmark.class : ForwardBenchmark.class);
              case ONNX_RUNTIME -> RIVALS + "OnnxRuntimeBenchmark\\.";
              case DJL, DJL_AVX512 ->
                RIVALS + (steps ? "DjlStepBenchmark\\." : "DjlForwardBenchmark\\.");
              case GCC -> throw new IllegalArgumentException("gcc is not run by JMH");
            })
        .param("shape", task.shape().name())
        .param("threads", String.valueOf(task.threads()));
    if (!steps) {
      options.param("rows", String.valueOf(task.rows()));
    }
    if (contender == Contender.PLAIN) {
      options.jvmArgsAppend("-Dgradpoet.simd=off");
    }
    if (contender == Contender.DJL_AVX512) {
      options.jvm(mkl.jvm().toString());
    }
    return run(options);
  }

  private static String regex(Class<?> benchmark) {
    return "^" + benchmark.getName().replace(".", "\\.") + "\\.";
  }

  private static ChainedOptionsBuilder options(String benchmark) {
    return new OptionsBuilder()
        .include(benchmark)
        .forks(1)
        .warmupIterations(WARM_UPS)
        .warmupTime(ITERATION)
        .measurementIterations(ITERATIONS)
        .measurementTime(ITERATION)
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT)
        .addProfiler(GCProfiler.class);
  }

  private static Fork run(ChainedOptionsBuilder options) throws RunnerException {
    Collection<RunResult> runs = new Runner(options.build()).run();
    RunResult run = runs.iterator().next();
    Result<?> allocated = run.getSecondaryResults().get(ALLOCATED);
    return new Fork(
        fastest(run.getBenchmarkResults().iterator().next()),
        allocated == null ? Double.NaN : allocated.getScore());
  }

  /** The mean time of the fastest iteration: other processes of the machine can only slow an iteration down. */
  private static double fastest(BenchmarkResult fork) {
    return fork.getIterationResults().stream()
        .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
        .min()
        .orElseThrow();
  }
}
