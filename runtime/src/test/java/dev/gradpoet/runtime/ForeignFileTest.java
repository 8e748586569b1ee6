package dev.gradpoet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of other formats are recognised. */
class ForeignFileTest {

  @TempDir
  private Path directory;

  private void assertRefused(byte[] content, String text) throws IOException {
    Path path = directory.resolve("model.pt");
    Files.write(path, content);
    assertThatThrownBy(() -> Safetensors.read(path))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(path + ": it ")
        .hasMessageContaining(text)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    Map<String, Tensor> tensors = Map.of("w", Tensor.of(1f));
    assertThatThrownBy(() -> Safetensors.load(path, tensors, Map.of())).hasMessageContaining(text);
    assertThatThrownBy(() -> Safetensors.read(content)).hasMessageContaining(text);
    assertThatThrownBy(() -> Safetensors.read(new ByteArrayInputStream(content)))
        .hasMessageContaining(text);
  }

  @Test
  void aZipIsRecognised() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("model/data.pkl"));
      zip.write(new byte[100]);
    }
    assertRefused(bytes.toByteArray(), "not a safetensors file, but a ZIP archive, as torch.save");
    // The header length of this file, 67324752 bytes, would be valid.
    byte[] large = new byte[70_000_000];
    System.arraycopy(bytes.toByteArray(), 0, large, 0, 4);
    assertRefused(large, "not a safetensors file, but a ZIP archive, as torch.save");
  }

  @Test
  void gzipIsRecognised() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(new byte[100]);
    }
    assertRefused(bytes.toByteArray(), "compressed with gzip: decompress it");
  }

  static Stream<Arguments> others() {
    return Stream.of(
        Arguments.of(
            "\200\2\212\nl\374\234F\371 j\250P", "a pickle, as torch.save wrote before 1.6"),
        Arguments.of("\200\4\225\20\0\0\0\0\0\0\0}\224.", "a pickle: in Python"),
        Arguments.of("\200\5\225\20\0\0\0\0\0\0\0}\224.", "a pickle: in Python"),
        Arguments.of("version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "git lfs pull"),
        Arguments.of("<!DOCTYPE html><html>", "an HTML or XML page"),
        Arguments.of("\n <html>not found", "an HTML or XML page"),
        Arguments.of(
            "{\"metadata\":{},\"weight_map\":{}}", "JSON without the 8-byte header length"),
        Arguments.of("\223NUMPY\1\0v\0", "NumPy"),
        Arguments.of("\211HDF\r\n\32\n rest", "HDF5"),
        Arguments.of("GGUF\3\0\0\0 and more", "GGUF"),
        Arguments.of("abc", "it has 3 bytes, expected at least 8"),
        Arguments.of("PK\3\4", "a ZIP archive"),
        Arguments.of(
            "hello, this is some text",
            "a header of 8367736964726416744 bytes, expected at most 100000000"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void filesOfOtherKindsAreRecognised(String content, String text) throws IOException {
    assertRefused(content.getBytes(StandardCharsets.ISO_8859_1), text);
  }

  @Test
  void anEmptyFileIsReported() throws IOException {
    assertRefused(new byte[0], "it is empty, expected a safetensors file");
    assertRefused(
        new byte[8], "it has a header that does not begin with '{': it is not a safetensors file");
    assertRefused(new byte[5000], "it has a header that does not begin with '{'");
  }
}
