package dev.gradpoet.benchmarks.report;

import com.google.gson.GsonBuilder;
import dev.gradpoet.benchmarks.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** Runs a set, and writes {@code results.json}, {@code results.md} and {@code results.svg} into a directory. */
public final class Main {

  private Main() {}

  /**
   * Runs a set.
   *
   * @param args {@code quick}, {@code images}, {@code models}, {@code threads} or {@code full}, and the directory
   * @throws IllegalArgumentException if they are invalid
   */
  public static void main(String[] args) throws RunnerException, IOException, InterruptedException {
    if (args.length != 2) {
      throw new IllegalArgumentException(args.length
          + " arguments, expected two: quick, images, models, threads or full, and a directory");
    }
    MeasuredSet set = MeasuredSet.of(args[0]);
    Path directory = Files.createDirectories(Path.of(args[1]));
    Results results = run(set, directory);
    Files.writeString(
        directory.resolve("results.json"),
        new GsonBuilder()
            .setPrettyPrinting()
            .serializeSpecialFloatingPointValues()
            .create()
            .toJson(results));
    String tables = new Markdown(results).text();
    Files.writeString(directory.resolve("results.md"), tables);
    Files.writeString(directory.resolve("results.svg"), new Chart(results).svg());
    System.out.println(tables);
    System.out.println("Written to " + directory.toAbsolutePath());
  }

  private static Results run(MeasuredSet set, Path directory)
      throws RunnerException, IOException, InterruptedException {
    JmhRuns jmh = new JmhRuns(set);
    double peak = jmh.peak();
    List<Measurement> measurements = new ArrayList<>();
    boolean gcc = CTwin.isPresent();
    CTwin twin = new CTwin(Files.createDirectories(directory.resolve("c")), set.forks());
    for (Kind kind : Kind.values()) {
      measurements.addAll(jmh.measure(kind));
      if (gcc && kind != Kind.STEP) {
        for (Shape shape : set.shapes(kind)) {
          if (!shape.widths().isEmpty()) {
            measurements.add(twin.measure(kind, shape));
          }
        }
      }
    }
    List<CodeSize> code = new ArrayList<>();
    for (Shape shape : set.shapes()) {
      code.add(CodeSize.measure(shape, directory.resolve("code")));
    }
    return new Results(Environment.here(), set, peak, measurements, StartUp.measure(), code);
  }
}
