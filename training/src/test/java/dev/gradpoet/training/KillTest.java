package dev.gradpoet.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is killed at random moments and started again ends with the bits of one that was not. */
class KillTest {

  private static final int MOST_MILLIS = 100;

  /** After each step, so that a run outlives the moment of its kill. */
  private static final int WAIT = 1;

  /** More than a run of {@link #MOST_MILLIS} makes with five steps each. */
  private static final int EPOCHS_A_KILL = 15;

  @TempDir
  private Path temporary;

  @Test
  void killedTwice() throws Exception {
    assertSameBits(1, 2);
  }

  @Test
  @Tag("exhaustive")
  void killedTwentyTimes() throws Exception {
    assertSameBits(2, 20);
  }

  private void assertSameBits(long seed, int kills) throws Exception {
    int epochs = (kills + 1) * EPOCHS_A_KILL;
    String expected = KilledRun.run(temporary.resolve("unstopped"), epochs, -1);
    Path killed = temporary.resolve("killed");
    Random random = new Random(seed);
    for (int i = 0; i < kills; i++) {
      Process process = start(killed, epochs, WAIT);
      try (BufferedReader output = output(process)) {
        assertThat(output.readLine()).isEqualTo("started");
        Thread.sleep(random.nextInt(MOST_MILLIS));
        assertThat(process.isAlive()).isTrue();
        process.destroyForcibly();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      }
    }
    Process last = start(killed, epochs, 0);
    try (BufferedReader output = output(last)) {
      assertThat(output.readLine()).isEqualTo("started");
      assertThat(output.readLine()).isEqualTo(expected);
    }
    assertThat(last.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static Process start(Path directory, int epochs, int wait) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dgradpoet.simd=off",
            "-cp",
            System.getProperty("java.class.path"),
            KilledRun.class.getName(),
            directory.toString(),
            Integer.toString(epochs),
            Integer.toString(wait))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
