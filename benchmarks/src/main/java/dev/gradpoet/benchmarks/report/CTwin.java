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

  private static final String SYSTEM = "gcc";
  private static final double TOLERANCE = 1e-4;

  private final Path directory;
  private final int forks;

  CTwin(Path directory, int forks) {
    this.directory = directory;
    this.forks = forks;
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
   * Times a forward pass, in the faster layout of weights for the shape.
   *
   * @throws IOException if gcc rejects the program, or its outputs differ from ours
   */
  Measurement measure(Kind kind, Shape shape) throws IOException, InterruptedException {
    Measurement byInput = measure(kind, shape, CSource.Layout.BY_INPUT);
    Measurement byOutput = measure(kind, shape, CSource.Layout.BY_OUTPUT);
    return byInput.median() <= byOutput.median() ? byInput : byOutput;
  }

  private Measurement measure(Kind kind, Shape shape, CSource.Layout layout)
      throws IOException, InterruptedException {
    int rows = kind.rows(shape);
    String name = shape.name() + "_" + rows + "_" + layout;
    Path source = directory.resolve(name + ".c");
    Path program = directory.resolve(name);
    Path data = directory.resolve(name + ".bin");
    Files.writeString(source, new CSource(shape, rows, layout).text());
    Gradpoet ours = Gradpoet.of(shape, 1);
    Work work = ours.work(rows);
    Files.write(data, bytes(ours, work.inputs(), layout));
    output(
        "gcc", "-O3", "-march=native", "-ffast-math", "-o", program.toString(), source.toString());
    float[] expected = ours.forward(work);
    double[] nanoseconds = new double[forks];
    for (int fork = 0; fork < forks; fork++) {
      List<String> lines = output(program.toString(), data.toString());
      nanoseconds[fork] = Double.parseDouble(lines.get(0));
      check(lines.subList(1, lines.size()), expected, shape);
    }
    return new Measurement(kind, shape, SYSTEM, nanoseconds, Double.NaN);
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

  private static List<String> output(String... command) throws IOException, InterruptedException {
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
