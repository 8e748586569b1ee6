package dev.gradpoet.contract.bits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same declaration, seed and data give the same bits: those in {@code bits.txt}, on any JDK and machine, from plain kernels and from vector kernels
 * of any width, interpreted and compiled by either compiler. An intended change of bits is a line in the changelog, and a new {@code bits.txt}, which
 * is what {@link BitsProgram} prints.
 */
class BitsTest {

  private static final String VECTORS = "--add-modules=jdk.incubator.vector -Dgradpoet.simd=force ";

  @TempDir
  private Path directory;

  @Test
  void plainKernels() throws Exception {
    assertThat(run("-Dgradpoet.simd=off")).isEqualTo(stored());
  }

  @ParameterizedTest
  @Tag("exhaustive")
  @ValueSource(
      strings = {"-Xint", "-XX:TieredStopAtLevel=1", "-XX:-TieredCompilation", "-XX:UseAVX=1"})
  void plainKernelsOfEveryCompiler(String flag) throws Exception {
    assertThat(run("-Dgradpoet.simd=off " + flag)).isEqualTo(stored());
  }

  @Test
  void vectorKernels() throws Exception {
    assertThat(run(VECTORS)).isEqualTo(stored());
  }

  @ParameterizedTest
  @Tag("exhaustive")
  @ValueSource(ints = {1, 2, 3})
  void vectorKernelsOfEveryInstructionSet(int avx) throws Exception {
    assertThat(run(VECTORS + "-XX:UseAVX=" + avx)).isEqualTo(stored());
  }

  @ParameterizedTest
  @Tag("exhaustive")
  @ValueSource(ints = {16, 32, 64})
  void vectorKernelsOfEveryWidth(int bytes) throws Exception {
    assertThat(run(VECTORS + "-XX:MaxVectorSize=" + bytes)).isEqualTo(stored());
  }

  @ParameterizedTest
  @Tag("exhaustive")
  @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1", "-XX:-TieredCompilation"})
  void vectorKernelsOfEveryCompiler(String flag) throws Exception {
    assertThat(run(VECTORS + flag)).isEqualTo(stored());
  }

  @Tag("exhaustive")
  @Test
  void withoutAnFmaInstructionTheBitsAreTheSameAndItIsLoggedOnce() throws Exception {
    Path said = Files.createTempFile(directory, "said", ".txt");

    assertThat(run(
            "--add-modules=jdk.incubator.vector -XX:-UseFMA",
            ProcessBuilder.Redirect.to(said.toFile()),
            "Bce"))
        .isEqualTo(stored().stream().filter(line -> line.startsWith("Bce")).toList());
    assertThat(Files.readString(said)).containsOnlyOnce("Math.fma takes");
  }

  private static List<String> stored() throws IOException {
    try (InputStream in = BitsTest.class.getResourceAsStream("bits.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static List<String> run(String options) throws IOException, InterruptedException {
    return run(options, ProcessBuilder.Redirect.INHERIT);
  }

  /** What the program prints in a virtual machine with these options; options that this processor does not have are ignored. */
  private static List<String> run(
      String options, ProcessBuilder.Redirect errors, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options.strip().split(" +")));
    command.addAll(List.of(
        "-XX:+IgnoreUnrecognizedVMOptions",
        "-cp",
        System.getProperty("java.class.path"),
        BitsProgram.class.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectError(errors).start();
    List<String> lines;
    try (InputStream out = process.getInputStream()) {
      lines = new String(out.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    assertThat(process.waitFor()).as("%s", command).isZero();
    // a virtual machine prints remarks about options to the same stream
    return lines.stream().filter(line -> line.matches("\\w+ [0-9a-f]+")).toList();
  }
}
