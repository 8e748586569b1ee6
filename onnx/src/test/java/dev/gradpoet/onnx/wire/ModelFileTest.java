package dev.gradpoet.onnx.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.onnx.fold.ModelImporter;
import dev.gradpoet.onnx.testing.Resources;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reader of the wire format: whatever the bytes are, it reads a model, or an error names the file and the byte. */
class ModelFileTest {

  @TempDir
  private Path directory;

  private static List<Path> models() throws IOException {
    List<Path> models = new ArrayList<>();
    for (String folder : List.of("/models", "/pytorch")) {
      try (Stream<Path> all = Files.walk(Resources.path(folder))) {
        all.filter(file -> file.toString().endsWith(".onnx")).sorted().forEach(models::add);
      }
    }
    return models;
  }

  @Test
  void whatIsWrittenReadsTheSame() throws IOException {
    for (Path file : models()) {
      ModelProto model = ModelFile.read(file).model();

      assertThat(ModelFile.read("copy", ModelWriter.bytes(model)).model())
          .usingRecursiveComparison()
          .ignoringFieldsMatchingRegexes(".*offset", ".*values")
          .isEqualTo(model);
    }
  }

  @Test
  void theErrorNamesFileAndByte() {
    byte[] truncated = {8, 7, 58, 100, 10, 3};

    assertThatThrownBy(() -> ModelFile.read("broken.onnx", truncated))
        .isInstanceOf(MalformedFileException.class)
        .hasMessage(
            "broken.onnx: byte 3: a length of 100 bytes, expected at most the 2 that are left: the file is truncated or damaged");
  }

  @Test
  void noGraphIsNoModel() {
    assertThatThrownBy(() -> ModelFile.read("empty.onnx", new byte[] {8, 7}))
        .hasMessageContaining("no graph was found, expected an ONNX model");
    assertThatThrownBy(() -> ModelFile.read("empty.onnx", new byte[0]))
        .hasMessage("empty.onnx: it is empty, expected an ONNX model");
    assertThatThrownBy(() -> ModelFile.read("text.onnx", "hello, world".getBytes()))
        .isInstanceOf(MalformedFileException.class);
  }

  @Test
  void aTensorAllocatesNothingByItsSizes() {
    WireWriter tensor = new WireWriter();
    for (int d = 0; d < 3; d++) {
      tensor.required(1, 1_000_000);
    }
    tensor.integer(2, 1);
    tensor.string(8, "w");

    assertThatThrownBy(() -> ModelFile.read("m", model(tensor)))
        .hasMessageContaining("the tensor \"w\" has more than 2147483647 values");
  }

  @Test
  void aTensorHasAsManyValuesAsItsSizesSay() {
    WireWriter tensor = new WireWriter();
    tensor.required(1, 3);
    tensor.integer(2, 1);
    tensor.string(8, "w");
    tensor.bytes(9, new byte[8]);

    assertThatThrownBy(() -> ModelFile.read("m", model(tensor)))
        .hasMessageContaining(
            "the tensor \"w\" has 8 bytes of values, expected 12 for FLOAT of shape [3]");
  }

  @Test
  void messagesAreNestedOnlySoDeep() {
    WireWriter graph = new WireWriter();
    for (int i = 0; i < 100; i++) {
      WireWriter attribute = new WireWriter();
      attribute.message(6, graph);
      WireWriter node = new WireWriter();
      node.message(5, attribute);
      WireWriter outer = new WireWriter();
      outer.message(1, node);
      graph = outer;
    }
    WireWriter model = new WireWriter();
    model.message(7, graph);

    assertThatThrownBy(() -> ModelFile.read("m", model.toBytes()))
        .hasMessageContaining("messages nested more than 64 deep");
  }

  private static byte[] model(WireWriter tensor) {
    WireWriter graph = new WireWriter();
    graph.message(5, tensor);
    WireWriter model = new WireWriter();
    model.message(7, graph);
    return model.toBytes();
  }

  private static byte[] external(String location, String... more) {
    WireWriter tensor = new WireWriter();
    tensor.required(1, 2);
    tensor.integer(2, 1);
    tensor.string(8, "w");
    tensor.integer(14, 1);
    List<String> entries = new ArrayList<>(List.of("location", location));
    entries.addAll(List.of(more));
    for (int i = 0; i < entries.size(); i += 2) {
      WireWriter entry = new WireWriter();
      entry.string(1, entries.get(i));
      entry.string(2, entries.get(i + 1));
      tensor.message(13, entry);
    }
    return model(tensor);
  }

  @Test
  void externalValuesAreInTheFolderOfTheModel() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("folder"));
    Files.write(directory.resolve("secret"), new byte[8]);
    Files.write(folder.resolve("values"), new byte[20]);
    Files.createSymbolicLink(folder.resolve("link"), directory.resolve("secret"));
    Path model = folder.resolve("m.onnx");
    Map<String, String> outcomes = new HashMap<>();
    for (String location : List.of(
        "../secret",
        "a/../../secret",
        directory.resolve("secret").toString(),
        "link",
        "missing",
        "",
        ".",
        "C:\\secret",
        "values\0",
        "values")) {
      Files.write(model, external(location, "offset", "12", "length", "8"));
      try {
        ModelFile.read(model);
        outcomes.put(location, "read");
      } catch (MalformedFileException e) {
        outcomes.put(location, e.getMessage());
      }
    }

    assertThat(outcomes.remove("values")).isEqualTo("read");
    assertThat(outcomes.values())
        .hasSize(9)
        .allMatch(text -> text.contains("the folder of the model"));
  }

  @Test
  void externalValuesHaveTheLengthOfTheTensor() throws IOException {
    Files.write(directory.resolve("values"), new byte[10]);
    Path model = directory.resolve("m.onnx");
    Files.write(model, external("values", "offset", "4", "length", "8"));

    assertThatThrownBy(() -> ModelFile.read(model))
        .hasMessageContaining("is at bytes 4 to 12 of values, which has 10");
    Files.write(model, external("values", "length", "9"));
    assertThatThrownBy(() -> ModelFile.read(model))
        .hasMessageContaining("has 9 bytes in values, expected 8");
    Files.write(model, external("values", "offset", "-1"));
    assertThatThrownBy(() -> ModelFile.read(model))
        .hasMessageContaining("has the offset \"-1\", expected a number from 0");
  }

  @Test
  void damagedModelsAreReadOrRefused() throws IOException {
    damage(60);
  }

  @Test
  @Tag("exhaustive")
  void manyDamagedModelsAreReadOrRefused() throws IOException {
    damage(3000);
  }

  /** Changes bits, cuts, and copies parts; then reads and imports. Only IOExceptions may come out. */
  private static void damage(int times) throws IOException {
    Random random = new Random(7);
    for (Path file : models()) {
      byte[] bytes = Files.readAllBytes(file);
      for (int i = 0; i < times; i++) {
        byte[] damaged = switch (i % 3) {
          case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
          case 1 -> flipped(bytes, random);
          default -> moved(bytes, random);
        };
        try {
          ModelImporter.read(ModelFile.read("damaged", damaged), Optional.empty(), Map.of());
        } catch (IOException e) {
          assertThat(e).hasMessageStartingWith("damaged");
        }
      }
    }
  }

  private static byte[] flipped(byte[] bytes, Random random) {
    byte[] damaged = bytes.clone();
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      // the structure of a model is in its first and last bytes, between are values
      int at = random.nextInt(Math.min(bytes.length, 2000));
      damaged[random.nextBoolean() ? at : bytes.length - 1 - at] ^= (byte) (1 << random.nextInt(8));
    }
    return damaged;
  }

  private static byte[] moved(byte[] bytes, Random random) {
    ByteBuffer damaged = ByteBuffer.wrap(bytes.clone());
    int length = random.nextInt(Math.min(100, bytes.length));
    int from = random.nextInt(bytes.length - length);
    damaged.put(random.nextInt(bytes.length - length), bytes, from, length);
    return damaged.array();
  }
}
