package dev.gradpoet.benchmarks.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Milliseconds from the start of a JVM to its end, the median of several.
 *
 * @param helloWorld the time of a program that prints one line
 * @param firstPrediction the time of a program that creates a network and predicts once
 */
public record StartUp(double helloWorld, double firstPrediction) {

  private static final int RUNS = 15;

  static StartUp measure() throws IOException, InterruptedException {
    return new StartUp(median(HelloWorld.class), median(FirstPrediction.class));
  }

  private static double median(Class<?> program) throws IOException, InterruptedException {
    double[] times = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      ProcessBuilder java = new ProcessBuilder(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-cp",
          System.getProperty("java.class.path"),
          program.getName());
      java.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
      long start = System.nanoTime();
      int code = java.start().waitFor();
      times[i] = (System.nanoTime() - start) / 1e6;
      if (code != 0) {
        throw new IOException(program.getName() + " ended with " + code);
      }
    }
    Arrays.sort(times);
    return times[RUNS / 2];
  }
}
