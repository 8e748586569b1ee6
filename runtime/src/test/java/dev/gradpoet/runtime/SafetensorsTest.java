package dev.gradpoet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.DType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {

  @TempDir
  private Path directory;

  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("net.safetensors");
  }

  private static Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("b.weight", Tensor.of(new float[][] {{1, -2.5f, 3}, {4, 5, Float.NaN}}));
    tensors.put("a.bias", Tensor.of(0.5, Double.NEGATIVE_INFINITY));
    tensors.put("step", Tensor.of(new long[] {Long.MIN_VALUE}, new int[0]));
    tensors.put("a \"quoted\" \u00e9", Tensor.of(new float[0]));
    return tensors;
  }

  /** A file of a header and some bytes behind it. */
  private void write(String header, int dataLength) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + dataLength);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json);
    Files.write(file, bytes.array());
  }

  @Test
  void whatIsSavedIsLoaded() throws IOException {
    Safetensors.save(file, tensors());

    assertThat(Safetensors.load(file)).isEqualTo(tensors());
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void theBytesAreThoseOfTheFormat() throws IOException {
    Map<String, Tensor> two = new LinkedHashMap<>();
    two.put("w", Tensor.of(new float[][] {{1, 2}}));
    two.put("n", Tensor.of(7));
    Safetensors.save(file, two);

    // As Hugging Face's writer orders them: the wider dtype first.
    String header = "{\"n\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]},"
        + "\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[8,16]}}";
    String padded = header + " ".repeat((8 - header.length() % 8) % 8);
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    expected.writeBytes(new byte[] {(byte) padded.length(), 0, 0, 0, 0, 0, 0, 0});
    expected.writeBytes(padded.getBytes(StandardCharsets.US_ASCII));
    expected.writeBytes(new byte[] {7, 0, 0, 0, 0, 0, 0, 0});
    expected.writeBytes(new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, 0x40});
    assertThat(Files.readAllBytes(file)).isEqualTo(expected.toByteArray());
  }

  /** Written by Hugging Face's own writer, the crate safetensors 0.4.5, which also read a file of ours. */
  @Test
  void theFileOfTheReferenceWriterIsReadAndWrittenAlike() throws IOException {
    Map<String, Tensor> four = new LinkedHashMap<>();
    four.put("hidden.weight", Tensor.of(new float[][] {{1, -2.5f, 3}, {4, 5, 0.1f}}));
    four.put("hidden.bias", Tensor.of(0.25f, -1f));
    four.put("wide", Tensor.of(0.1, -2));
    four.put("step", Tensor.of(new long[] {7}, new int[0]));
    Safetensors.save(file, four);
    byte[] reference;
    try (InputStream in = SafetensorsTest.class.getResourceAsStream("reference.safetensors")) {
      reference = in.readAllBytes();
    }

    assertThat(Files.readAllBytes(file)).isEqualTo(reference);
    Files.write(file, reference);
    assertThat(Safetensors.load(file)).isEqualTo(four);
  }

  @Test
  void headersOfOtherWritersAreRead() throws IOException {
    write(
        " {\"__metadata__\": {\"format\": \"pt\"}, \"\\u0077\" : {\"shape\" : [ 1 , 2 ],".strip()
            + " \"data_offsets\":[0,8], \"dtype\":\"F32\"}}   ",
        8);

    assertThat(Safetensors.load(file)).containsOnlyKeys("w");
    assertThat(Safetensors.load(file).get("w")).isEqualTo(Tensor.zeros(DType.FLOAT32, 1, 2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}} | 4 | \"w\" has 4 bytes, expected 8 for FLOAT32 of shape [2]",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | 8 | the values of \"w\" begin at byte 4, expected 0",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | 8 | the values of all tensors take 4 bytes, but there are 8",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | 0 | the values of all tensors take 4 bytes, but there are 0",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[2,6]}} | 6 | the values of \"b\" begin at byte 2, expected 4",
        "{\"w\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,2]}} | 2 | \"w\" has the dtype F16, expected F32, F64 or I64",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1]}} | 0 | expected an object with dtype, shape and data_offsets",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} | 4 | the header has '-' at character",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[99999999999,9],\"data_offsets\":[0,4]}} | 4 | expected at most 536870911 values",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}} | 4 | expected a begin and an end",
        "{\"w\":1,\"w\":2} | 0 | the name \"w\" stands twice",
        "{\"__metadata__\":{\"a\":1}} | 0 | expected texts by name",
        "[1] | 0 | the header has '[' at character 0, expected an object",
        "{\"w\" | 0 | the header has its end at character 4, expected ':'",
        "{} x | 0 | the header has 'x' at character 3, expected nothing more",
        "{\"w\":[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]} | 0 | expected no more than 16 brackets"
      })
  void aDamagedFileIsRefused(String header, int dataLength, String text) throws IOException {
    write(header, dataLength);

    assertThatThrownBy(() -> Safetensors.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(text)
        .hasMessageContaining("net.safetensors");
  }

  @Test
  void aFileThatIsNoneIsRefused() throws IOException {
    Files.write(file, new byte[] {1, 2, 3});
    assertThatThrownBy(() -> Safetensors.load(file))
        .hasMessageContaining("has 3 bytes, expected at least 8");
    Files.write(file, new byte[] {1, 0, 0, 0, 0, 0, 0, 0});
    assertThatThrownBy(() -> Safetensors.load(file)).hasMessageContaining("the file is cut off");
    Files.write(file, new byte[] {0, 0, 0, 0, 1, 0, 0, 0});
    assertThatThrownBy(() -> Safetensors.load(file))
        .hasMessageContaining("a header of 4294967296 bytes, expected at most 100000000");
    Files.write(file, new byte[] {2, 0, 0, 0, 0, 0, 0, 0, (byte) 0xc3, (byte) 0x28});
    assertThatThrownBy(() -> Safetensors.load(file)).isInstanceOf(IOException.class);
  }

  @Test
  void loadingIntoTensorsIsAllOrNothing() throws IOException {
    Safetensors.save(file, Map.of("a", Tensor.of(1f, 2f), "b", Tensor.of(3f)));
    Map<String, Tensor> target = new LinkedHashMap<>();
    target.put("a", Tensor.of(0f, 0f));
    target.put("b", Tensor.of(0f, 0f));
    assertThatThrownBy(() -> Safetensors.load(file, target, Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("b is FLOAT32 of shape [1], expected FLOAT32 of shape [2]");
    assertThat(target.get("a")).isEqualTo(Tensor.of(0f, 0f));
    target.put("b", Tensor.of(new double[1]));
    assertThatThrownBy(() -> Safetensors.load(file, target, Map.of()))
        .hasMessageContaining("b is FLOAT32 of shape [1], expected FLOAT64 of shape [1]");
    target.remove("b");
    target.put("c", Tensor.of(0f));
    assertThatThrownBy(() -> Safetensors.load(file, target, Map.of()))
        .hasMessageContaining("it lacks [c] it has [b], which is not here");
    assertThatThrownBy(() -> Safetensors.load(file, target, Map.of("x", "c")))
        .hasMessageContaining("has no tensor \"x\" to be renamed");
    assertThatThrownBy(() -> Safetensors.load(file, target, Map.of("b", "a")))
        .hasMessageContaining("two tensors are to be named \"a\"");
    assertThat(List.copyOf(target.values())).containsExactly(Tensor.of(0f, 0f), Tensor.of(0f));

    Safetensors.load(file, target, Map.of("b", "c"));
    assertThat(List.copyOf(target.values())).containsExactly(Tensor.of(1f, 2f), Tensor.of(3f));
  }

  @Test
  void aFailedSaveLeavesWhatWasThere() throws IOException {
    Safetensors.save(file, Map.of("a", Tensor.of(1f)));
    Path under = file.resolve("not-a-directory");
    assertThatThrownBy(() -> Safetensors.save(under, Map.of("a", Tensor.of(2f))))
        .isInstanceOf(IOException.class);
    assertThat(Safetensors.load(file).get("a")).isEqualTo(Tensor.of(1f));
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }
}
