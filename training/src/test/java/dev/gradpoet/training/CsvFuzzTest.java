package dev.gradpoet.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.training.csv.CsvRows;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random files: what was written comes back, and what is malformed is an IOException. */
class CsvFuzzTest {

  private static final String ALPHABET = ",,\"\n\r1ab .-e\u00e4\ud83d\ude00";

  @TempDir
  private Path directory;

  private static String random(Random random, int most) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(most);
    int[] characters = ALPHABET.codePoints().toArray();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(characters[random.nextInt(characters.length)]);
    }
    return text.toString();
  }

  @Test
  void quotedCellsComeBack() throws IOException {
    Random random = new Random(1);
    for (int file = 0; file < 300; file++) {
      List<List<String>> rows = new ArrayList<>();
      StringBuilder text = new StringBuilder();
      int columns = 1 + random.nextInt(4);
      for (int r = 0; r < 1 + random.nextInt(5); r++) {
        List<String> row = new ArrayList<>();
        for (int c = 0; c < columns; c++) {
          String cell = random(random, 8);
          row.add(cell);
          text.append(c == 0 ? "" : ",")
              .append('"')
              .append(cell.replace("\"", "\"\""))
              .append('"');
        }
        rows.add(row);
        text.append(random.nextBoolean() ? "\n" : "\r\n");
      }
      CsvRows read = new CsvRows(
          new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)),
          StandardCharsets.UTF_8,
          ',',
          '"',
          0);

      // a row of one empty cell is an empty line
      rows.removeIf(List.of("")::equals);
      for (List<String> row : rows) {
        assertThat(read.next()).isTrue();
        assertThat(read.cells()).isEqualTo(row);
      }
      assertThat(read.next()).isFalse();
    }
  }

  @Test
  void aMalformedFileIsAnIOException() throws IOException {
    Random random = new Random(2);
    int read = 0;
    int refused = 0;
    for (int i = 0; i < 1000; i++) {
      String text = "a,b\n" + random(random, 12);
      Path file = Files.writeString(directory.resolve("data.csv"), text);
      try {
        Dataset data = Csv.of(file).missing(Missing.value(0)).classes("b").read();
        assertThat(data.size()).isPositive();
        read++;
      } catch (IOException e) {
        assertThat(e).hasMessageStartingWith(file.toString());
        refused++;
      }
    }
    assertThat(read).isPositive();
    assertThat(refused).isPositive();
  }
}
