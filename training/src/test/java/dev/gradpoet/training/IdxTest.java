package dev.gradpoet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.runtime.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {

  @TempDir
  private Path directory;

  private interface Content {
    void write(DataOutputStream out) throws IOException;
  }

  private Path file(String name, int type, int[] sizes, Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(0);
    out.writeByte(type);
    out.writeByte(sizes.length);
    for (int size : sizes) {
      out.writeInt(size);
    }
    content.write(out);
    return Files.write(directory.resolve(name), bytes.toByteArray());
  }

  private Path labels(int... labels) throws IOException {
    return file("labels", 8, new int[] {labels.length}, out -> {
      for (int label : labels) {
        out.writeByte(label);
      }
    });
  }

  @Test
  void unsignedBytesAreDividedBy255() throws IOException {
    Path images = file("images", 8, new int[] {2, 2, 2}, out -> {
      for (int pixel : new int[] {0, 51, 102, 255, 1, 2, 3, 4}) {
        out.writeByte(pixel);
      }
    });

    Dataset data = Idx.read(images, labels(1, 200));

    assertThat(data.inputShape(0)).containsExactly(2, 2);
    assertThat(data.input(0).toFloatArray())
        .containsExactly(0, 51 / 255f, 102 / 255f, 1, 1 / 255f, 2 / 255f, 3 / 255f, 4 / 255f);
    assertThat(data.target()).isEqualTo(Tensor.of(1, 200));
  }

  @Test
  void otherTypesAreTakenAsTheyAre() throws IOException {
    for (int type : new int[] {9, 11, 12, 13, 14}) {
      Path samples = file("samples" + type, type, new int[] {1, 2}, out -> {
        for (int value : new int[] {-3, 7}) {
          switch (type) {
            case 9 -> out.writeByte(value);
            case 11 -> out.writeShort(value);
            case 12 -> out.writeInt(value);
            case 13 -> out.writeFloat(value);
            default -> out.writeDouble(value);
          }
        }
      });

      assertThat(Idx.read(samples, labels(0)).input(0).toFloatArray()).containsExactly(-3, 7);
    }
  }

  @Test
  void compressedFilesAreRead() throws IOException {
    Path samples = file("samples", 13, new int[] {1, 1}, out -> out.writeFloat(2));

    assertThat(Idx.read(compressed("samples.gz", samples), labels(0)).input(0).toFloatArray())
        .containsExactly(2);
  }

  @Test
  void malformedFilesAreRefused() throws IOException {
    Path good = file("good", 8, new int[] {1, 2}, out -> out.writeShort(0));
    Path many = file("many", 8, new int[] {1, 2}, out -> out.writeInt(0));
    Path few = file("few", 8, new int[] {1, 2}, out -> out.writeByte(0));
    Path claims = file("claims", 14, new int[] {1, 1 << 30}, out -> out.writeByte(0));
    Path type = file("type", 7, new int[] {1, 2}, out -> out.writeShort(0));
    Path size = file("size", 8, new int[] {0, 2}, out -> {});
    Path huge = file("huge", 8, new int[] {1 << 20, 1 << 20}, out -> {});
    Path header = Files.write(directory.resolve("header"), new byte[] {0, 0, 8, 2, 0});
    Path text = Files.writeString(directory.resolve("text"), "a,b,c,d");

    assertMessage(
        good, labels(0, 1), " has 1 samples, ", " has 2 labels, expected the same number");
    assertMessage(many, labels(0), "many has more than the 2 values of its header");
    assertMessage(few, labels(0), "few ends after 1 values, expected 2");
    assertMessage(claims, labels(0), "claims ends after 0 values, expected 1073741824");
    assertMessage(type, labels(0), "type: its type is 7, expected one of IDX");
    assertMessage(size, labels(0), "size: its dimension 0 is 0, expected at least 1");
    assertMessage(huge, labels(new int[1 << 20]), "huge has more values than an array holds");
    assertMessage(header, labels(0), "header: it ends within its header");
    assertMessage(text, labels(0), "text: it does not start with two zero bytes");
    assertMessage(labels(0), labels(0), "expected at least 2 for samples and 1 for labels");
  }

  @Test
  void aCompressedFileThatIsCutOffOrDamagedIsNamed() throws IOException {
    Path samples = compressed("samples.gz", file("samples", 8, new int[] {40, 5}, out -> {
      for (int i = 0; i < 200; i++) {
        out.writeByte(i * i);
      }
    }));
    Path labels = compressed("labels.gz", labels(new int[40]));
    assertThat(Idx.read(samples, labels).size()).isEqualTo(40);
    for (Path file : new Path[] {samples, labels}) {
      byte[] whole = Files.readAllBytes(file);
      for (int length = 0; length < whole.length; length++) {
        Files.write(file, Arrays.copyOf(whole, length));
        assertMessage(samples, labels, file + ": its gzip data is damaged or incomplete: ");
      }
      Files.write(file, Arrays.copyOf(whole, 5));
      assertMessage(samples, labels, "incomplete: it ends within its header");
      Files.write(file, Arrays.copyOf(whole, whole.length - 1));
      assertMessage(samples, labels, "incomplete: it ends within its trailer");
      for (int at : new int[] {0, 10, whole.length - 8}) {
        byte[] damaged = whole.clone();
        damaged[at] ^= 0xf;
        Files.write(file, damaged);
        assertMessage(samples, labels, file + ": its gzip data is damaged or incomplete: ");
      }
      Files.write(file, whole);
    }
  }

  private Path compressed(String name, Path file) throws IOException {
    Path compressed = directory.resolve(name);
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
      Files.copy(file, out);
    }
    return compressed;
  }

  private static void assertMessage(Path samples, Path labels, String... parts) {
    assertThatThrownBy(() -> Idx.read(samples, labels))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(parts);
  }
}
