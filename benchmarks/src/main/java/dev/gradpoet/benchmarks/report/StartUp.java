package dev.gradpoet.benchmarks.report;

import dev.gradpoet.Network;
import dev.gradpoet.benchmarks.FirstPrediction;
import dev.gradpoet.benchmarks.HelloVector;
import dev.gradpoet.benchmarks.HelloWorld;
import dev.gradpoet.runtime.Model;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Milliseconds from the start of a JVM to the line that its program prints, the median of several runs. The four programs take turns, so that a busy
 * machine slows all of them.
 *
 * @param helloWorld a program that only prints
 * @param plain a network and its first prediction, by plain kernels
 * @param helloVector a program that evaluates an expression of vectors, started with the Vector API
 * @param vectors a network and its first prediction, by vector kernels
 */
public record StartUp(double helloWorld, double plain, double helloVector, double vectors) {

  private static final int RUNS = 25;
  private static final List<String> WITHOUT = List.of();
  private static final List<String> WITH = List.of("--add-modules", "jdk.incubator.vector");

  /** Packs the classes into jars in a directory, as programs start from jars. */
  static StartUp measure(Path directory) throws IOException, InterruptedException {
    String classPath = classPath(Files.createDirectories(directory));
    double[][] times = new double[4][RUNS];
    for (int run = 0; run < RUNS; run++) {
      times[0][run] = time(classPath, WITHOUT, HelloWorld.class);
      times[1][run] = time(classPath, WITHOUT, FirstPrediction.class);
      times[2][run] = time(classPath, WITH, HelloVector.class);
      times[3][run] = time(classPath, WITH, FirstPrediction.class);
    }
    return new StartUp(median(times[0]), median(times[1]), median(times[2]), median(times[3]));
  }

  private static double time(String classPath, List<String> options, Class<?> program)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, program.getName()));
    ProcessBuilder java =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    long start = System.nanoTime();
    Process process = java.start();
    try (BufferedReader out = new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();
      double milliseconds = (System.nanoTime() - start) / 1e6;
      int code = process.waitFor();
      if (code != 0 || line == null) {
        throw new IOException(program.getName() + " printed " + line + " and ended with " + code);
      }
      return milliseconds;
    }
  }

  /** What such a program needs: the network, the runtime and the annotations, without the rest of this module's class path. */
  private static String classPath(Path directory) throws IOException {
    List<String> jars = new ArrayList<>();
    for (Class<?> type : List.of(FirstPrediction.class, Model.class, Network.class)) {
      Path classes =
          Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
      jars.add((Files.isDirectory(classes)
              ? jar(classes, directory.resolve(type.getSimpleName() + ".jar"))
              : classes)
          .toString());
    }
    return String.join(File.pathSeparator, jars);
  }

  private static Path jar(Path classes, Path file) throws IOException {
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file));
        Stream<Path> paths = Files.walk(classes)) {
      for (Path path : paths.filter(p -> p.toString().endsWith(".class")).toList()) {
        jar.putNextEntry(new JarEntry(classes.relativize(path).toString()));
        Files.copy(path, jar);
      }
    }
    return file;
  }

  private static double median(double[] times) {
    Arrays.sort(times);
    return times[times.length / 2];
  }
}
