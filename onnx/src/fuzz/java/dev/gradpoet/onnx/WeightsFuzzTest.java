package dev.gradpoet.onnx;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Jazzer looks for bytes that make the reader of weights fail with anything but an error of the file. */
class WeightsFuzzTest {

  @TempDir
  private static Path directory;

  @FuzzTest(maxDuration = "10m")
  void weightsAreReadOrRefused(byte[] bytes) throws IOException {
    Path file = Files.write(directory.resolve("weights"), bytes);
    try {
      Weights.read(file);
    } catch (IOException e) {
      // that is what a damaged file may do
    }
  }
}
