package dev.gradpoet.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradpoet.onnx.fold.ModelImporter;
import dev.gradpoet.onnx.source.ImportedSource;
import dev.gradpoet.onnx.testing.Networks;
import dev.gradpoet.onnx.testing.Resources;
import dev.gradpoet.onnx.wire.ModelFile;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Models that PyTorch exported ({@code resources/pytorch/make.py}) compute what PyTorch computed, in the code that a person would write. */
class PyTorchModelsTest {

  private static Map<String, ImportedSource> sources() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(Resources.path("/pytorch"))) {
      files = all.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
    }
    Map<String, ImportedSource> sources = new LinkedHashMap<>();
    for (Path file : files) {
      String name = file.getFileName().toString().replace(".onnx", "");
      String type = name.substring(0, 1).toUpperCase() + name.substring(1).replace("-", "");
      sources.put(
          name,
          ImportedSource.of(
              ModelImporter.read(ModelFile.read(file), Optional.empty(), Map.of()),
              new ImportedSource.Target("pytorch", type),
              file.getFileName().toString(),
              Map.of()));
    }
    return sources;
  }

  @Test
  void computeWhatPyTorchComputed() throws Exception {
    Map<String, ImportedSource> sources = new TreeMap<>();
    Map<String, String> files = new TreeMap<>();
    sources().forEach((name, source) -> {
      String type =
          "pytorch." + name.substring(0, 1).toUpperCase() + name.substring(1).replace("-", "");
      sources.put(type, source);
      files.put(type, name);
    });
    Map<String, Model> models = Networks.of(sources);

    for (String type : models.keySet()) {
      ByteBuffer data = ByteBuffer.wrap(
              Files.readAllBytes(Resources.path("/pytorch/" + files.get(type) + ".bin")))
          .order(ByteOrder.LITTLE_ENDIAN);
      float[] x = floats(data);
      float[] y = floats(data);
      float[] actual = models.get(type).forward(Tensor.of(x, 3, x.length / 3)).toFloatArray();
      assertThat(actual).describedAs(type).hasSameSizeAs(y);
      for (int i = 0; i < y.length; i++) {
        assertThat(actual[i]).describedAs(type).isCloseTo(y[i], within(1e-5f));
      }
    }
  }

  private static float[] floats(ByteBuffer data) {
    float[] values = new float[data.getInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = data.getFloat();
    }
    return values;
  }

  @Test
  void layerNormAndGeluSpelledInPieces() throws Exception {
    assertThatSourceIs("residual-13", "Residual13.java.txt");
  }

  @Test
  void allActivations() throws Exception {
    assertThatSourceIs("activations-16", "Activations16.java.txt");
  }

  /** {@code -Dgoldens.update=DIR} writes it to a directory. */
  private static void assertThatSourceIs(String model, String golden) throws IOException {
    String actual = sources().get(model).java();
    String update = System.getProperty("goldens.update");
    if (update != null) {
      Files.writeString(Path.of(update, golden), actual);
    }
    assertThat(actual).isEqualTo(Files.readString(Resources.path("/pytorch/" + golden)));
  }
}
