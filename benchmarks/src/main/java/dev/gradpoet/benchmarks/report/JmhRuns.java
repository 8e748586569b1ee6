package dev.gradpoet.benchmarks.report;

import dev.gradpoet.benchmarks.ForwardBenchmark;
import dev.gradpoet.benchmarks.PeakBenchmark;
import dev.gradpoet.benchmarks.Shape;
import dev.gradpoet.benchmarks.StepBenchmark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs JMH: ours, and the rivals that were compiled with it. */
final class JmhRuns {

  private static final String RIVALS = "dev\\.gradpoet\\.benchmarks\\.rivals\\.";
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  /** The kind of work, by the method that is measured. */
  private static final Map<String, String> SYSTEMS = Map.of(
      "gradpoet", Measurement.GRADPOET, "onnxRuntime", "ONNX Runtime", "djl", "DJL + PyTorch");

  private final MeasuredSet set;

  JmhRuns(MeasuredSet set) {
    this.set = set;
  }

  /** The floating-point operations per nanosecond of one core at its limit, from the fastest iteration. */
  double peak() throws RunnerException {
    double best = 0;
    for (RunResult run :
        new Runner(options().include(regex(PeakBenchmark.class)).build()).run()) {
      for (BenchmarkResult fork : run.getBenchmarkResults()) {
        best = Math.max(best, PeakBenchmark.flops() / fastest(fork));
      }
    }
    return best;
  }

  /** All measurements of a kind of work, including those of the rivals. */
  List<Measurement> measure(Kind kind) throws RunnerException {
    List<Measurement> measurements = new ArrayList<>();
    if (set.shapes(kind).isEmpty()) {
      return measurements;
    }
    if (kind == Kind.STEP) {
      Set<Shape> ours = EnumSet.copyOf(set.shapes(kind));
      ours.addAll(set.sweep());
      run(kind, regex(StepBenchmark.class), ours, measurements);
      runPlain(kind, regex(StepBenchmark.class), measurements);
      run(kind, RIVALS + ".*StepBenchmark", set.shapes(kind), measurements);
      if (set == MeasuredSet.THREADS) {
        runOnTwo(kind, regex(StepBenchmark.class), measurements);
        runOnTwo(kind, RIVALS + ".*StepBenchmark", measurements);
      }
    } else {
      run(kind, regex(ForwardBenchmark.class), set.shapes(kind), measurements);
      runPlain(kind, regex(ForwardBenchmark.class), measurements);
      run(kind, RIVALS + ".*RuntimeBenchmark", set.shapes(kind), measurements);
      Set<Shape> ofOurs = without(set.shapes(kind), MeasuredSet.models(kind));
      if (!ofOurs.isEmpty()) {
        run(kind, RIVALS + ".*ForwardBenchmark", ofOurs, measurements);
      }
    }
    return measurements;
  }

  private static String regex(Class<?> benchmark) {
    return "^" + benchmark.getName().replace(".", "\\.") + "\\.";
  }

  /** Runs the benchmarks of some networks, of large ones in one fork. */
  private void run(Kind kind, String benchmarks, Set<Shape> shapes, List<Measurement> measurements)
      throws RunnerException {
    Set<Shape> large = EnumSet.noneOf(Shape.class);
    large.addAll(shapes);
    large.retainAll(MeasuredSet.LARGE);
    run(kind, options(kind, benchmarks, without(shapes, large)), measurements);
    if (!large.isEmpty()) {
      run(kind, options(kind, benchmarks, large).forks(1), measurements);
    }
  }

  private static Set<Shape> without(Set<Shape> shapes, Set<Shape> others) {
    Set<Shape> rest = EnumSet.noneOf(Shape.class);
    rest.addAll(shapes);
    rest.removeAll(others);
    return rest;
  }

  private static void run(Kind kind, ChainedOptionsBuilder options, List<Measurement> measurements)
      throws RunnerException {
    for (RunResult run : results(options)) {
      measurements.add(measurement(kind, system(run), run));
    }
  }

  private static String system(RunResult run) {
    String method = run.getParams().getBenchmark();
    return SYSTEMS.get(method.substring(method.lastIndexOf('.') + 1));
  }

  /** The measurements of steps on two threads. */
  private void runOnTwo(Kind kind, String benchmarks, List<Measurement> measurements)
      throws RunnerException {
    ChainedOptionsBuilder options =
        options(kind, benchmarks, set.shapes(kind)).param("threads", "2");
    for (RunResult run : results(options)) {
      measurements.add(measurement(kind, system(run) + Measurement.ON_TWO_THREADS, run));
    }
  }

  /** Our measurements without vectors. */
  private void runPlain(Kind kind, String benchmarks, List<Measurement> measurements)
      throws RunnerException {
    ChainedOptionsBuilder options = options(
            kind, benchmarks, without(set.shapes(kind), MeasuredSet.LARGE))
        .jvmArgsAppend("-Dgradpoet.simd=off");
    for (RunResult run : results(options)) {
      measurements.add(measurement(kind, Measurement.PLAIN, run));
    }
  }

  private ChainedOptionsBuilder options(Kind kind, String benchmarks, Set<Shape> shapes) {
    ChainedOptionsBuilder options = options()
        .include(benchmarks)
        .param("shape", shapes.stream().map(Enum::name).toArray(String[]::new));
    if (kind != Kind.STEP) {
      options.param("rows", kind == Kind.ONE_ROW ? "1" : "64");
    }
    return options;
  }

  /** Empty if nothing matches: the rivals are compiled only in a profile. */
  private static Collection<RunResult> results(ChainedOptionsBuilder options)
      throws RunnerException {
    try {
      return new Runner(options.build()).run();
    } catch (org.openjdk.jmh.runner.NoBenchmarksException e) {
      return List.of();
    }
  }

  private ChainedOptionsBuilder options() {
    TimeValue time = TimeValue.milliseconds(set.milliseconds());
    return new OptionsBuilder()
        .forks(set.forks())
        .warmupIterations(set.warmups())
        .warmupTime(time)
        .measurementIterations(set.iterations())
        .measurementTime(time)
        .shouldFailOnError(true)
        .addProfiler(GCProfiler.class);
  }

  private static Measurement measurement(Kind kind, String system, RunResult run) {
    Result<?> allocated = run.getSecondaryResults().get(ALLOCATED);
    return new Measurement(
        kind,
        Shape.valueOf(run.getParams().getParam("shape")),
        system,
        run.getBenchmarkResults().stream().mapToDouble(JmhRuns::fastest).toArray(),
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
