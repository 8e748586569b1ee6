package dev.gradpoet.benchmarks.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.gradpoet.benchmarks.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs a set, and writes {@code results.json}, {@code results.md} and a chart into a directory for the JDK. The tables and the chart of the full set also
 * go into the README.
 */
public final class Main {

  static final Gson JSON = new GsonBuilder()
      .setPrettyPrinting()
      .serializeSpecialFloatingPointValues()
      .create();

  private Main() {}

  /**
   * Runs a set.
   *
   * @param args {@code quick}, {@code full}, {@code stacks}, or {@code print} for the results of the last run; the titles of the networks separated by
   *     commas, or {@code all}; the directory of results; the README
   * @throws IllegalArgumentException if they are invalid
   */
  public static void main(String[] args) throws RunnerException, IOException, InterruptedException {
    if (args.length != 4) {
      throw new IllegalArgumentException(
          args.length
              + " arguments, expected four: quick, full, stacks or print; networks; a directory; a README");
    }
    Path directory = Files.createDirectories(
        Path.of(args[2]).resolve("jdk" + Runtime.version().feature()));
    Path json = directory.resolve("results.json");
    Results results;
    if (args[0].equals("print")) {
      results = JSON.fromJson(Files.readString(json), Results.class);
    } else {
      results = new Run(MeasuredSet.of(args[0]), networks(args[1]), directory).results();
      Files.writeString(json, JSON.toJson(results));
    }
    print(results, directory, Path.of(args[3]));
  }

  private static List<Shape> networks(String titles) {
    return titles.equals("all")
        ? List.of(Shape.values())
        : Arrays.stream(titles.split(",")).map(Shape::of).toList();
  }

  private static void print(Results results, Path directory, Path readme) throws IOException {
    String tables = new Markdown(results).text();
    String chart = new Chart(results).svg();
    Files.writeString(directory.resolve("results.md"), tables);
    Files.writeString(directory.resolve(results.environment().chart()), chart);
    System.out.println(tables);
    System.out.println("Written to " + directory.toAbsolutePath());
    if (results.areComplete()) {
      Files.writeString(
          readme,
          Readme.withTables(Files.readString(readme), results.environment().feature(), tables));
      Files.writeString(readme.resolveSibling(results.environment().chart()), chart);
      System.out.println("and to " + readme);
    }
  }
}
