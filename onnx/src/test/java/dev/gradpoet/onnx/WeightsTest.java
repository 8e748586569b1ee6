package dev.gradpoet.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.onnx.testing.Resources;
import dev.gradpoet.onnx.testing.TarEntry;
import dev.gradpoet.runtime.Safetensors;
import dev.gradpoet.runtime.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of PyTorch and NumPy have the tensors that these read; what needs code is refused, and nothing is run. */
class WeightsTest {

  @TempDir
  private Path directory;

  /** The lines of each file in {@code expected.txt}. */
  private static Map<String, List<String>> expected() throws IOException {
    Map<String, List<String>> expected = new LinkedHashMap<>();
    String text = Files.readString(Resources.path("/torch/expected.txt"));
    for (String part : text.substring(2).split("\n# ")) {
      List<String> lines = part.lines().toList();
      expected.put(lines.get(0), lines.subList(1, lines.size()));
    }
    return expected;
  }

  /** All files by name. */
  private static Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (InputStream in = new GZIPInputStream(
        Files.newInputStream(Resources.path("/torch/burn-store-pt-files.tar.gz")))) {
      for (TarEntry entry = TarEntry.next(in); entry != null; entry = TarEntry.next(in)) {
        if (entry.name().endsWith(".pt")) {
          files.put(entry.name(), entry.content());
        }
      }
    }
    for (String name : List.of("magika-lenet.pth", "candle-test.npz", "djl-list.npz")) {
      files.put(name, Files.readAllBytes(Resources.path("/torch/" + name)));
    }
    return files;
  }

  private Weights read(byte[] bytes) throws IOException {
    Path file = directory.resolve("weights");
    Files.write(file, bytes);
    return Weights.read(file);
  }

  @Test
  void haveTheTensorsThatPyTorchReads() throws IOException {
    Map<String, List<String>> expected = expected();
    Map<String, byte[]> files = files();

    assertThat(files).hasSize(57);
    assertThat(expected).containsOnlyKeys(files.keySet());
    for (String name : files.keySet()) {
      if (expected.get(name).equals(List.of("refused"))) {
        assertThatThrownBy(() -> read(files.get(name)))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("neither a zip archive nor a pickle");
      } else {
        assertThat(lines(read(files.get(name)).tensors()))
            .describedAs(name)
            .containsExactlyInAnyOrderElementsOf(expected.get(name));
      }
    }
  }

  private static List<String> lines(Map<String, Tensor> tensors) {
    return tensors.entrySet().stream()
        .map(entry -> entry.getKey() + " "
            + Arrays.toString(entry.getValue().shape()).replace(" ", "") + " "
            + entry.getValue().dtype() + " " + checksum(entry.getValue()))
        .toList();
  }

  private static String checksum(Tensor tensor) {
    ByteBuffer bytes = ByteBuffer.allocate(tensor.size() * 8).order(ByteOrder.LITTLE_ENDIAN);
    switch (tensor.dtype()) {
      case FLOAT32 -> {
        for (float value : tensor.toFloatArray()) {
          bytes.putFloat(value);
        }
      }
      case FLOAT64 -> {
        for (double value : tensor.toDoubleArray()) {
          bytes.putDouble(value);
        }
      }
      case INT64 -> {
        for (long value : tensor.toLongArray()) {
          bytes.putLong(value);
        }
      }
    }
    CRC32 sum = new CRC32();
    sum.update(bytes.array(), 0, bytes.position());
    return String.format("%08x", sum.getValue());
  }

  @Test
  void tellWhatIsNoTensor() throws IOException {
    Weights weights = read(files().get("pytorch-tests/tests/config/weights_with_config.pt"));

    assertThat(weights.left()).contains("my_config.n_head, which is not a tensor: 2");
  }

  @Test
  void becomeSafetensorsUnderOtherNames() throws IOException {
    Path out = directory.resolve("out.safetensors");
    read(files().get("pytorch-tests/tests/linear/linear.pt"))
        .renamed(Map.of("fc1.weight", "0.weight"))
        .save(out);

    assertThat(Safetensors.load(out).keySet())
        .containsExactlyInAnyOrder("0.weight", "fc1.bias", "fc2.weight");
  }

  @Test
  void cannotBeRenamedToOneName() throws IOException {
    Weights weights = read(files().get("pytorch-tests/tests/linear/linear.pt"));

    assertThatThrownBy(() -> weights.renamed(Map.of("fc1.weight", "fc2.weight")))
        .hasMessage("two tensors would be named fc2.weight");
    assertThatThrownBy(() -> weights.renamed(Map.of("fc9.weight", "a")))
        .hasMessageContaining("there is no tensor fc9.weight to rename");
  }

  private static byte[] zipped(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] pickle(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void neverCallFunctionsOfPython() throws IOException {
    // os.system("touch hacked"), as pickle.dumps writes it
    byte[] evil = zipped(
        "a/data.pkl", pickle("\u0080\u0002cposix\nsystem\nX\u000c\0\0\0touch hacked\u0085R."));

    assertThatThrownBy(() -> read(evil))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(
            "it calls posix.system, which is not a tensor, a parameter or a dictionary");
  }

  @Test
  void neverBuildObjectsOfPython() throws IOException {
    // NEWOBJ, and a class that unpickling would import
    assertThatThrownBy(
            () -> read(zipped("a/data.pkl", pickle("\u0080\u0002c__main__\nModel\n)\u0081}b."))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the opcode 0x81");
  }

  @Test
  void thatContainThemselvesAreRefused() throws IOException {
    // a list that contains itself
    assertThatThrownBy(() -> read(zipped("a/data.pkl", pickle("\u0080\u0002]q\0h\0a."))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nested more than");
  }

  @Test
  void thatDoubleAtEachLevelAreRefused() throws IOException {
    // lists of two equal lists, 40 levels: 2^40 entries
    StringBuilder text = new StringBuilder("\u0080\u0002]q\0");
    for (int i = 0; i < 40; i++) {
      text.append("](h")
          .append((char) i)
          .append('h')
          .append((char) i)
          .append("eq")
          .append((char) (i + 1));
    }
    assertThatThrownBy(() -> read(zipped("a/data.pkl", pickle(text + "."))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more than 100000 entries");
  }

  /** Whatever a byte becomes: tensors, or an error that names the file. */
  @Test
  void damagedInOneByteAreReadOrRefused() throws IOException {
    damage(8);
  }

  @Test
  @Tag("exhaustive")
  void damagedInAnyByteAreReadOrRefused() throws IOException {
    damage(100);
  }

  private void damage(int times) throws IOException {
    Random random = new Random(1);
    for (Map.Entry<String, byte[]> file : files().entrySet()) {
      for (int i = 0; i < times && file.getValue().length < 20_000; i++) {
        byte[] damaged = file.getValue().clone();
        if (i % 4 == 0) {
          damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
        } else {
          damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        }
        try {
          read(damaged);
        } catch (IOException e) {
          assertThat(e).hasMessageContaining("weights");
        }
      }
    }
  }
}
