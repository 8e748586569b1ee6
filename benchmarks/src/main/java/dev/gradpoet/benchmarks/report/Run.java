package dev.gradpoet.benchmarks.report;

import dev.gradpoet.benchmarks.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures a set. The contenders of a task take turns, one fork each and then the next, so that a slow phase of the machine does not fall on one of them.
 */
final class Run {

  private final MeasuredSet set;
  private final Collection<Shape> networks;
  private final Environment environment = Environment.here();
  private final JmhRuns jmh;
  private final CTwin twin;
  private final Path code;

  /** The tasks of the set that are about the given networks; files go to a directory. */
  Run(MeasuredSet set, Collection<Shape> networks, Path directory) throws IOException {
    this.set = set;
    this.networks = networks;
    Path c = Files.createDirectories(directory.resolve("c"));
    this.jmh = new JmhRuns(new Mkl(c));
    this.twin = new CTwin(c);
    this.code = directory.resolve("code");
  }

  Results results() throws RunnerException, IOException, InterruptedException {
    double peak = jmh.peak();
    List<Task> tasks =
        set.tasks().stream().filter(task -> networks.contains(task.shape())).toList();
    List<Measurement> measurements = new ArrayList<>();
    for (Task task : tasks) {
      List<Measurement> ofTask = measure(task);
      System.out.printf("%d of %d, %s:", tasks.indexOf(task) + 1, tasks.size(), task);
      ofTask.forEach(
          m -> System.out.print(" " + m.contender().title() + " " + Markdown.time(m.time()) + ";"));
      System.out.println();
      measurements.addAll(ofTask);
    }
    List<CodeSize> sizes = new ArrayList<>();
    for (Shape shape : set.code()) {
      if (networks.contains(shape)) {
        sizes.add(CodeSize.measure(shape, code));
      }
    }
    StartUp start = StartUp.measure(code.resolveSibling("start"));
    return new Results(environment, set, peak, measurements, start, sizes);
  }

  private boolean isPresent(Contender contender) {
    return switch (contender) {
      case GRADPOET, PLAIN, ONNX_RUNTIME, DJL -> true;
      case GCC -> CTwin.isPresent();
      case DJL_AVX512 -> CTwin.isPresent() && environment.cpu().contains("AMD");
    };
  }

  private List<Measurement> measure(Task task)
      throws RunnerException, IOException, InterruptedException {
    List<Contender> contenders = Arrays.stream(Contender.values())
        .filter(contender -> contender.does(task))
        .filter(this::isPresent)
        .toList();
    int forks = set.forks(task);
    double[][] nanoseconds = new double[contenders.size()][forks];
    double[] bytes = new double[contenders.size()];
    for (int fork = 0; fork < forks; fork++) {
      for (int i = 0; i < contenders.size(); i++) {
        JmhRuns.Fork result = contenders.get(i) == Contender.GCC
            ? new JmhRuns.Fork(twin.measure(task), Double.NaN)
            : jmh.fork(task, contenders.get(i));
        nanoseconds[i][fork] = result.nanoseconds();
        bytes[i] = result.bytes();
      }
    }
    List<Measurement> measurements = new ArrayList<>();
    for (int i = 0; i < contenders.size(); i++) {
      measurements.add(new Measurement(task, contenders.get(i), nanoseconds[i], bytes[i]));
    }
    return measurements;
  }
}
