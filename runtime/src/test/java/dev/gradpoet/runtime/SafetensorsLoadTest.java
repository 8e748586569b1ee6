package dev.gradpoet.runtime;

import static dev.gradpoet.runtime.SafetensorsBytes.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.DType;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loading from all kinds of sources, and the contents that are returned. */
class SafetensorsLoadTest {

  @TempDir
  private Path directory;

  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("net.safetensors");
  }

  private static Map<String, Tensor> parameters(float weight) {
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    parameters.put("0.weight", Tensor.of(new float[][] {{weight, 2}, {3, 4}}));
    parameters.put("0.bias", Tensor.of(weight, 6f));
    return parameters;
  }

  @Test
  void extrasAndMetadataAreReturned() throws IOException {
    Map<String, Tensor> extras =
        Map.of("scaler.mean", Tensor.of(0.1, 0.2), "a \"b\" \u00e9\n", Tensor.of(1, 2));
    Map<String, String> metadata = Map.of("trained", "2026-11-26", "\u00e9\"\t", "\ud83d\ude00");
    Safetensors.save(file, parameters(1), extras, metadata);
    Map<String, Tensor> loaded = parameters(0);
    Safetensors back = Safetensors.load(file, loaded, Map.of());

    assertThat(loaded).isEqualTo(parameters(1));
    assertThat(back.metadata()).isEqualTo(metadata);
    assertThat(back.extras()).isEqualTo(extras);
    assertThat(Safetensors.read(file).extras()).isEqualTo(extras);
    Path again = directory.resolve("again.safetensors");
    Safetensors.save(again, loaded, back.extras(), back.metadata());
    assertThat(again).hasSameBinaryContentAs(file);
    assertThat(back.tensors()).containsAllEntriesOf(extras).containsAllEntriesOf(parameters(1));
    assertThat(Safetensors.read(file).metadata()).isEqualTo(metadata);
    assertThat(Safetensors.read(file).tensors()).hasSize(4).containsAllEntriesOf(extras);
    Map<String, Tensor> copied = parameters(0);
    Safetensors.read(file).copyTo(copied, Map.of());
    assertThat(copied).isEqualTo(parameters(1));
  }

  @Test
  void metadataIsWrittenInOrderAndForEveryReader() throws IOException {
    Safetensors.save(file, Map.of(), Map.of("b", "2", "a", "1", "\u00e9", "\n"));
    String header = "{\"__metadata__\":{\"a\":\"1\",\"b\":\"2\",\"\u00e9\":\"\\n\"}}";
    byte[] expected = SafetensorsBytes.of(header + " ".repeat(4));
    assertThat(expected).hasSize(8 + 48);
    assertThat(Files.readAllBytes(file)).isEqualTo(expected);
  }

  @Test
  void unknownNamesAreAnErrorUnlessIgnored() throws IOException {
    Map<String, Tensor> more = parameters(1);
    more.put("head.weight", Tensor.of(1f));
    Safetensors.save(file, more);
    Map<String, Tensor> target = parameters(0);

    assertThatThrownBy(() -> Safetensors.load(file, target, Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it has [head.weight], which is unknown")
        .hasMessageContaining("IGNORE_UNKNOWN");
    assertThat(target).isEqualTo(parameters(0));
    Safetensors back = Safetensors.load(file, target, Map.of(), LoadOption.IGNORE_UNKNOWN);
    assertThat(target).isEqualTo(parameters(1));
    assertThat(back.tensors()).containsOnlyKeys("0.weight", "0.bias");
    assertThatThrownBy(() -> back.tensor("head.weight"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was ignored");
    assertThatThrownBy(() ->
            back.copyTo(Map.of("head.weight", Tensor.of(0f)), Map.of(), LoadOption.IGNORE_UNKNOWN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was ignored");
    target.put("tail", Tensor.of(0f));
    assertThatThrownBy(() -> Safetensors.load(file, target, Map.of(), LoadOption.IGNORE_UNKNOWN))
        .hasMessageContaining("it lacks [tail]");
  }

  /** The same file from all kinds of sources. */
  @Test
  void pathsStreamsAndArraysGiveTheSameResult() throws IOException {
    Safetensors.save(file, parameters(1), Map.of("x", Tensor.of(7)), Map.of("k", "v"));
    byte[] bytes = Files.readAllBytes(file);
    boolean[] closed = new boolean[1];
    InputStream slow = new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] target, int at, int length) throws IOException {
        return super.read(target, at, Math.min(length, 3));
      }

      @Override
      public void close() {
        closed[0] = true;
      }
    };
    Path jar = directory.resolve("weights.jar");
    try (FileSystem zip = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
      Files.write(zip.getPath("net.safetensors"), bytes);
    }
    try (FileSystem zip = FileSystems.newFileSystem(jar)) {
      Path inJar = zip.getPath("net.safetensors");
      Map<String, Tensor> loaded = parameters(0);
      Safetensors.load(inJar, loaded, Map.of());
      assertThat(loaded).isEqualTo(parameters(1));
      for (Safetensors each : new Safetensors[] {
        Safetensors.read(file),
        Safetensors.read(bytes),
        Safetensors.read(slow),
        Safetensors.read(inJar)
      }) {
        assertThat(each.tensors()).isEqualTo(Safetensors.load(file)).hasSize(3);
        assertThat(each.metadata()).isEqualTo(Map.of("k", "v"));
      }
    }
    assertThat(closed).containsExactly(false);
  }

  @Test
  void aStreamIsReadToItsEnd() throws IOException {
    byte[] whole = SafetensorsBytes.of("w", "F32", "[2]", new byte[8]);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Safetensors.read(new ByteArrayInputStream(part)))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("the stream: it ");
    }
    byte[] more = Arrays.copyOf(whole, whole.length + 1);
    assertThatThrownBy(() -> Safetensors.read(new ByteArrayInputStream(more)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it continues after the values of its last tensor");
  }

  /** A sparse file of one terabyte, which takes no space. */
  private void writeTerabyte(String first) throws IOException {
    StringBuilder header = new StringBuilder("{").append(first);
    long at = 16;
    for (int i = 0; i < 128; i++) {
      header.append(',').append(entry("big" + i, "F64", "[32768,32768]", at, at + (8L << 30)));
      at += 8L << 30;
    }
    byte[] start = SafetensorsBytes.of(header.append('}').toString());
    try (SeekableByteChannel channel = Files.newByteChannel(
        file,
        Set.of(
            StandardOpenOption.CREATE_NEW, StandardOpenOption.SPARSE, StandardOpenOption.WRITE))) {
      channel.write(ByteBuffer.wrap(start));
      channel.position(start.length + at - 1).write(ByteBuffer.allocate(1));
    }
  }

  @Test
  void tensorsThatExceedTheHeapAreRejectedBeforeTheyAreRead() throws IOException {
    writeTerabyte(entry("w", "F32", "[4]", 0, 16));
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the content of the file needs 1099.5 GB of memory")
        .hasMessageContaining("-Xmx")
        .hasMessageContaining("net.safetensors");
  }

  @Test
  void theHeaderIsComparedBeforeValuesAreRead() throws IOException {
    writeTerabyte(entry("w", "F32", "[4]", 0, 16));
    Map<String, Tensor> other = Map.of("w", Tensor.of(1f, 2f));
    assertThatThrownBy(() -> Safetensors.load(file, other, Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it has [big0, big1,");
    assertThatThrownBy(() -> Safetensors.load(file, other, Map.of(), LoadOption.IGNORE_UNKNOWN))
        .hasMessageContaining("w is FLOAT32 of shape [4], expected FLOAT32 of shape [2]");
    assertThat(other.get("w")).isEqualTo(Tensor.of(1f, 2f));
    // Ignored tensors are not read, either.
    Map<String, Tensor> some = Map.of("w", Tensor.of(1f, 2f, 3f, 4f));
    Safetensors.load(file, some, Map.of(), LoadOption.IGNORE_UNKNOWN);
    assertThat(some.get("w")).isEqualTo(Tensor.zeros(DType.FLOAT32, 4));
  }

  @Test
  void aTensorTooLargeForAnArrayDoesNotAffectTheOthers() throws IOException {
    String header = "{" + entry("w", "F32", "[1]", 0, 4) + ","
        + entry("long", "F32", "[50000,50000]", 4, 10_000_000_004L) + "}";
    byte[] start = SafetensorsBytes.of(header, new byte[4]);
    try (SeekableByteChannel channel = Files.newByteChannel(
        file,
        Set.of(
            StandardOpenOption.CREATE_NEW, StandardOpenOption.SPARSE, StandardOpenOption.WRITE))) {
      channel.write(ByteBuffer.wrap(start));
      channel.position(start.length + 9_999_999_999L).write(ByteBuffer.allocate(1));
    }
    assertThat(Safetensors.read(file).tensors()).containsOnlyKeys("w");
    assertThatThrownBy(() -> Safetensors.read(file).tensor("long"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "\"long\" is FLOAT32 of shape [50000, 50000], which no Tensor can hold");
  }

  @Test
  void aTruncatedStreamDoesNotExhaustTheHeap() {
    byte[] start =
        SafetensorsBytes.of("{" + entry("w", "F32", "[40000,10000]", 0, 1_600_000_000L) + "}");
    assertThatThrownBy(() -> Safetensors.read(new ByteArrayInputStream(start)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Safetensors.read(start))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("but there are 0");
  }

  @Test
  void aMissingFileIsReported() {
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(file + ": there is no such file");
    assertThatThrownBy(() -> Safetensors.read(directory))
        .isInstanceOf(IOException.class)
        .hasMessage(directory + ": it is a directory, expected a file");
  }

  @Test
  void nullArgumentsAreRejected() {
    assertThatThrownBy(() -> Safetensors.read((Path) null)).hasMessage("path is null");
    assertThatThrownBy(() -> Safetensors.read((InputStream) null))
        .isInstanceOf(NullPointerException.class)
        .hasMessageStartingWith("stream is null");
    assertThatThrownBy(() -> Safetensors.read((byte[]) null)).hasMessage("bytes is null");
    assertThatThrownBy(() -> Safetensors.load(file, null, Map.of())).hasMessage("tensors is null");
    assertThatThrownBy(() -> Safetensors.load(file, Map.of(), null))
        .hasMessageStartingWith("names is null");
    Map<String, String> names = new HashMap<>();
    names.put("a", null);
    assertThatThrownBy(() -> Safetensors.load(file, Map.of(), names))
        .hasMessage("the name for \"a\" is null");
    Map<String, Tensor> tensors = new HashMap<>();
    tensors.put("a", null);
    assertThatThrownBy(() -> Safetensors.load(file, tensors, Map.of()))
        .hasMessage("the tensor \"a\" is null");
    assertThatThrownBy(() -> Safetensors.load(file, Map.of(), Map.of(), (LoadOption) null))
        .hasMessage("an option is null");
    assertThatThrownBy(() -> Safetensors.load(file, Map.of(), Map.of(), (LoadOption[]) null))
        .hasMessage("options is null");
  }
}
