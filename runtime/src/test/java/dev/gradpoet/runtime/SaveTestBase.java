package dev.gradpoet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A directory in which tests save a file, and what they find there. */
abstract class SaveTestBase {

  static final Map<String, Tensor> TENSORS = Map.of("w", Tensor.of(1f, 2f));

  @TempDir
  Path directory;

  Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("net.safetensors");
  }

  void assertOnly(Path... expected) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactlyInAnyOrder(expected);
    }
  }

  static void assertSaved(Path path) throws IOException {
    assertThat(Safetensors.load(path)).isEqualTo(TENSORS);
  }

  static void assumePosix() {
    assumeThat(FileSystems.getDefault().supportedFileAttributeViews()).contains("posix");
  }
}
