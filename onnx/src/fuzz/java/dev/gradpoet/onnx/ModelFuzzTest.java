package dev.gradpoet.onnx;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gradpoet.onnx.fold.ModelImporter;
import dev.gradpoet.onnx.wire.ModelFile;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Jazzer looks for bytes that make the import fail with anything but an error of the file. */
class ModelFuzzTest {

  @FuzzTest(maxDuration = "10m")
  void modelsAreReadOrRefused(byte[] bytes) {
    try {
      ModelImporter.read(ModelFile.read("model", bytes), Optional.empty(), Map.of());
    } catch (IOException e) {
      // that is what a damaged file may do
    }
  }
}
