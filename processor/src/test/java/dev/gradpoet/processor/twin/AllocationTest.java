package dev.gradpoet.processor.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many networks in one virtual machine, trained and asked one after the other, allocate nothing once warm: what the others have done to the
 * profiles of the Vector API must not matter. A few networks in one machine by default; with {@code -Dgradpoet.allocation=8}, 40 networks in each
 * of 8, which takes many minutes.
 */
class AllocationTest {

  private static final int MACHINES = Integer.getInteger("gradpoet.allocation", 0);

  @TempDir
  private Path directory;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Math.max(1, MACHINES));
  }

  @Tag("exhaustive")
  @ParameterizedTest(name = "random networks of seed {0}")
  @MethodSource("seeds")
  void networksOfOneMachineAllocateNothingOnceWarm(long seed) throws Exception {
    int networks = MACHINES > 0 ? 40 : 8;
    // one network after the other, and -Xbatch: profiles and so decisions are the same on every
    // run, however busy the processor
    String options = MACHINES > 0 && seed % 2 == 0 ? "-Xmx1g" : "-Xbatch";

    assertThat(run(options, String.valueOf(seed), String.valueOf(networks)))
        .containsExactly("networks " + networks);
  }

  private List<String> run(String option, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--add-modules=jdk.incubator.vector",
        "-Dgradpoet.simd=force",
        option,
        "-cp",
        System.getProperty("java.class.path"),
        AllocationProgram.class.getName()));
    command.addAll(List.of(arguments));
    // to a file: a pipe that nobody reads while the output is read could fill up
    Path errors = directory.resolve("stderr");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    List<String> lines;
    try (InputStream out = process.getInputStream()) {
      lines = new String(out.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    int status = process.waitFor();
    // what the machine wrote need not be UTF-8
    String said = new String(Files.readAllBytes(errors), StandardCharsets.UTF_8);
    assertThat(status).as("%s printed %s%nand said%n%s", command, lines, said).isZero();
    return lines.stream()
        .filter(line -> line.matches("(allocates|networks) .*"))
        .toList();
  }
}
