package dev.gradpoet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradpoet.DType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {

  private static final String NESTED =
      "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
          + "1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]";

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

  /** A file that consists of a header and some bytes. */
  private void write(String header, int dataLength) throws IOException {
    Files.write(file, SafetensorsBytes.of(header, new byte[dataLength]));
  }

  @Test
  void savedTensorsAreLoaded() throws IOException {
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

  /** Written by Hugging Face's writer, the crate safetensors 0.4.5, which also read one of our files. */
  @Test
  void theFileOfTheReferenceWriterIsReadAndWrittenIdentically() throws IOException {
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

  /**
   * A file of the project burn, written by PyTorch, unchanged: tracel-ai/burn at 2c06be3510,
   * crates/burn-store/safetensors-tests/tests/multi_layer/multi_layer.safetensors, MIT or Apache-2.0.
   */
  @Test
  void aFileOfPyTorchIsRead() throws IOException {
    Safetensors read;
    try (InputStream in =
        SafetensorsTest.class.getResourceAsStream("burn-multi-layer.safetensors")) {
      read = Safetensors.read(in);
    }
    assertThat(read.tensors()).hasSize(9);
    assertThat(read.tensor("fc1.weight").shape()).containsExactly(16, 256);
    assertThat(read.tensor("conv1.weight").shape()).containsExactly(4, 3, 3, 3);
    assertThat(read.tensor("norm1.num_batches_tracked").dtype()).isEqualTo(DType.INT64);
    assertThat(read.tensor("norm1.running_var").toFloatArray()).doesNotContain(0);
    Tensor weight = Tensor.zeros(DType.FLOAT64, 16, 256);
    read.copyTo(
        Map.of("weight", weight), Map.of("fc1.weight", "weight"), LoadOption.IGNORE_UNKNOWN);
    assertThat(weight).isEqualTo(read.tensor("fc1.weight").to(DType.FLOAT64));
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

  /** Hugging Face's reader 0.8.0 accepted each of these. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"__metadata__\":null,W}",
        "{\"__metadata__\":{},W}",
        "\t\n {W}\r ",
        "{\"w\":{\"x\":-1.5e3,\"y\":[true,null,{\"a\":{}}],\"x\":0,V}}",
        "{\"w\":{V,\"x\":\"\\u00e9\\/\",\"z\":1E+9,\"q\":[],\"r\":-0}}",
        "{\"w\":{V,\"x\":" + NESTED + "}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[4,4]},W,"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[0,7],\"data_offsets\":[0,0]}}"
      })
  void filesThatTheReferenceReaderAcceptsAreRead(String header) throws IOException {
    String fields = "\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]";
    write(header.replace("W", "\"w\":{V}").replace("V", fields), 4);

    assertThat(Safetensors.load(file).get("w")).isEqualTo(Tensor.of(0f));
    assertThat(Safetensors.read(file).metadata()).isEmpty();
  }

  @Test
  void theNestingLimitIsThatOfTheReferenceReader() throws IOException {
    String deep = "[".repeat(5000) + "]".repeat(5000);
    write("{\"w\":{\"x\":" + deep + "}}", 0);
    assertThatThrownBy(() -> Safetensors.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected no more than 128 nested brackets");
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
        "{\"w\":{\"dtype\":\"F4\",\"shape\":[3],\"data_offsets\":[0,1]}} | 1 | \"w\" has 1 bytes, expected 2 for F4 of shape [3]",
        "{\"w\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | 4 | \"w\" has two fields \"dtype\"",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}} | 4 | expected a non-negative integer",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[01],\"data_offsets\":[0,4]}} | 4 | expected a non-negative integer",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,4]}} | 4 | expected a begin and an end offset",
        "{\"\\ud800\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | 4 | contains an unpaired surrogate",
        "{\"w\":null} | 0 | expected an object",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},} | 4 | expected a string",
        "{\"w\":{\"x\":01}} | 0 | expected an object, an array, a string, a number",
        "{\"w\":{\"x\":tru}} | 0 | expected an object, an array, a string, a number",
        "{\"__metadata__\":{\"a\":null}} | 0 | expected a string",
        "{\"__metadata__\":{},\"__metadata__\":null} | 0 | the name \"__metadata__\" occurs twice",
        "{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}} | 0 | the name \"a\" occurs twice",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1]}} | 0 | expected an object with dtype, shape and data_offsets",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} | 4 | the header has '-' at character",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[99999999999,9],\"data_offsets\":[0,4]}} | 4 | expected 3599999999964 for FLOAT32 of shape [99999999999, 9]",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}} | 4 | expected a begin and an end offset",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"w\":{}} | 4 | the name \"w\" occurs twice",
        "{\"__metadata__\":{\"a\":1}} | 0 | the header has '1' at character 21, expected a string",
        "[1] | 0 | it has a header that does not begin with '{'",
        "{\"w\" | 0 | the header has its end at character 4, expected ':'",
        "{} x | 0 | the header has 'x' at character 3, expected nothing more",
        "{\"w\":[[1]]} | 0 | the header has '[' at character 5, expected an object"
      })
  void aDamagedFileIsAnError(String header, int dataLength, String text) throws IOException {
    write(header, dataLength);

    assertThatThrownBy(() -> Safetensors.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(text)
        .hasMessageContaining("net.safetensors");
  }

  @Test
  void aFileOfAnotherFormatIsAnError() throws IOException {
    Files.write(file, new byte[] {1, 2, 3});
    assertThatThrownBy(() -> Safetensors.load(file))
        .hasMessageContaining("has 3 bytes, expected at least 8");
    Files.write(file, new byte[] {1, 0, 0, 0, 0, 0, 0, 0});
    assertThatThrownBy(() -> Safetensors.load(file)).hasMessageContaining("the file is truncated");
    Files.write(file, new byte[] {0, 0, 0, 0, 1, 0, 0, 0});
    assertThatThrownBy(() -> Safetensors.load(file))
        .hasMessageContaining("a header of 4294967296 bytes, expected at most 100000000");
    Files.write(file, new byte[] {2, 0, 0, 0, 0, 0, 0, 0, (byte) 0xc3, (byte) 0x28});
    assertThatThrownBy(() -> Safetensors.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it has a header that does not begin with '{'");
    Files.write(file, new byte[] {4, 0, 0, 0, 0, 0, 0, 0, '{', '"', (byte) 0xc3, (byte) 0x28});
    assertThatThrownBy(() -> Safetensors.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("its header is not valid UTF-8: byte 2 of it is 0xc3");
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
    target.put("b", Tensor.of(new long[1]));
    assertThatThrownBy(() -> Safetensors.load(file, target, Map.of()))
        .hasMessageContaining("b is FLOAT32 of shape [1], expected INT64 of shape [1]: convert it");
    target.remove("b");
    target.put("c", Tensor.of(0f));
    assertThatThrownBy(() -> Safetensors.load(file, target, Map.of()))
        .hasMessageContaining("it lacks [c], it has [b], which is unknown");
    assertThatThrownBy(() -> Safetensors.load(file, target, Map.of("x", "c")))
        .hasMessageContaining("has no tensor \"x\" to rename");
    assertThatThrownBy(() -> Safetensors.load(file, target, Map.of("b", "a")))
        .hasMessageContaining("two tensors would be named \"a\"");
    assertThat(List.copyOf(target.values())).containsExactly(Tensor.of(0f, 0f), Tensor.of(0f));

    Safetensors.load(file, target, Map.of("b", "c"));
    assertThat(List.copyOf(target.values())).containsExactly(Tensor.of(1f, 2f), Tensor.of(3f));
  }

  @Test
  void aFailedSaveLeavesTheExistingFile() throws IOException {
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
