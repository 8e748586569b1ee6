package dev.gradpoet.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is read in a heap of twice its data and what a virtual machine needs. */
class CsvMemoryTest {

  private static final int COLUMNS = 30;
  private static final int MEGABYTE = 1 << 20;
  private static final int VIRTUAL_MACHINE = 8 * MEGABYTE;

  @TempDir
  private Path directory;

  /** Reads the file of the first argument and prints its number of rows. */
  public static final class Reader {

    private Reader() {}

    public static void main(String[] args) throws IOException {
      Dataset data = Csv.of(Path.of(args[0])).classes("c30").read();
      System.out.println(data.size() + " " + data.classCounts()[1]);
    }
  }

  @Test
  void manyRowsFitIntoTwiceTheirSize() throws Exception {
    assertFits(100_000);
  }

  @Test
  @Tag("exhaustive")
  void aMillionRowsFitIntoTwiceTheirSize() throws Exception {
    assertFits(1_000_000);
  }

  private void assertFits(int rows) throws Exception {
    Path file = directory.resolve("rows.csv");
    int ones = write(file, rows);
    long data = (long) rows * (COLUMNS * Float.BYTES + Integer.BYTES);
    long heap = (2 * data + VIRTUAL_MACHINE) / MEGABYTE;
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + heap + "m",
            "-XX:+UseSerialGC",
            "-XX:MaxNewSize=2m",
            "-cp",
            System.getProperty("java.class.path"),
            Reader.class.getName(),
            file.toString())
        .redirectErrorStream(true)
        .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(output.strip()).isEqualTo(rows + " " + ones);
  }

  private static int write(Path file, int rows) throws IOException {
    Random random = new Random(3);
    int ones = 0;
    try (OutputStream out = Files.newOutputStream(file)) {
      StringBuilder text = new StringBuilder();
      for (int c = 0; c < COLUMNS; c++) {
        text.append('c').append(c).append(',');
      }
      text.append("c30\n");
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < COLUMNS; c++) {
          text.append((char) ('0' + random.nextInt(10)))
              .append('.')
              .append(random.nextInt(10))
              .append(',');
        }
        int label = random.nextInt(2);
        ones += label;
        text.append(label).append('\n');
        if (text.length() > MEGABYTE || r == rows - 1) {
          out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
          text.setLength(0);
        }
      }
    }
    return ones;
  }
}
