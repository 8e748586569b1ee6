package dev.gradpoet.benchmarks.report;

import dev.gradpoet.benchmarks.Gradpoet;
import dev.gradpoet.benchmarks.Shape;
import dev.gradpoet.benchmarks.Work;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A stack of linear layers as a C program with constant shapes, for {@code gcc -O3 -march=native -ffast-math}: it reads weights and rows, times itself after
 * a warm-up, and prints nanoseconds per call and its outputs.
 */
final class CTwin {

  private static final double TOLERANCE = 1e-4;

  private final Path directory;

  CTwin(Path directory) {
    this.directory = directory;
  }

  /** Whether gcc is installed. */
  static boolean isPresent() {
    try {
      return new ProcessBuilder("gcc", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Nanoseconds of a forward pass, in the layout of weights that is faster for the network.
   *
   * @throws IOException if gcc rejects the program, or its outputs differ from ours
   */
  double measure(Task task) throws IOException, InterruptedException {
    return Math.min(
        measure(task, CSource.Layout.BY_INPUT), measure(task, CSource.Layout.BY_OUTPUT));
  }

  private double measure(Task task, CSource.Layout layout)
      throws IOException, InterruptedException {
    Shape shape = task.shape();
    String name = shape.name() + "_" + task.rows() + "_" + layout;
    Path source = directory.resolve(name + ".c");
    Path program = directory.resolve(name);
    Path data = directory.resolve(name + ".bin");
    Files.writeString(source, new CSource(shape, task.rows(), layout).text());
    Gradpoet ours = Gradpoet.of(shape, 1);
    Work work = ours.work(task.rows());
    Files.write(data, bytes(ours, work.inputs(), layout));
    output(
        "gcc", "-O3", "-march=native", "-ffast-math", "-o", program.toString(), source.toString());
    List<String> lines = output(program.toString(), data.toString());
    check(lines.subList(1, lines.size()), ours.forward(work), shape);
    return Double.parseDouble(lines.get(0));
  }

  /** Weight and bias of each layer, then the rows. */
  private static byte[] bytes(Gradpoet ours, float[] x, CSource.Layout layout) {
    List<float[]> parts = new ArrayList<>();
    ours.model().parameters().forEach((name, tensor) -> {
      boolean transposed = name.endsWith("weight") && layout == CSource.Layout.BY_INPUT;
      parts.add((transposed ? tensor.t() : tensor).toFloatArray());
    });
    parts.add(x);
    int size = parts.stream().mapToInt(part -> part.length).sum();
    ByteBuffer buffer = ByteBuffer.allocate(size * 4).order(ByteOrder.nativeOrder());
    FloatBuffer values = buffer.asFloatBuffer();
    parts.forEach(values::put);
    return buffer.array();
  }

  private static void check(List<String> printed, float[] expected, Shape shape)
      throws IOException {
    for (int i = 0; i < expected.length; i++) {
      double value = Double.parseDouble(printed.get(i));
      if (!(Math.abs(value - expected[i]) <= TOLERANCE * Math.max(1, Math.abs(expected[i])))) {
        throw new IOException("the C twin of " + shape.title() + " computes " + value + " at " + i
            + ", we " + expected[i]);
      }
    }
  }

  /** The lines that a command prints. */
  static List<String> output(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines;
    try (var reader = process.inputReader()) {
      lines = reader.lines().toList();
    }
    if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(String.join(" ", command) + " failed: " + lines);
    }
    return lines;
  }
}
