package dev.gradpoet.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradpoet.onnx.fold.ModelImporter;
import dev.gradpoet.onnx.net.Net;
import dev.gradpoet.onnx.source.ImportedSource;
import dev.gradpoet.onnx.testing.Feed;
import dev.gradpoet.onnx.testing.Networks;
import dev.gradpoet.onnx.testing.OnnxRuntime;
import dev.gradpoet.onnx.testing.Resources;
import dev.gradpoet.onnx.wire.ModelFile;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Model;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that PyTorch exported ({@code resources/pytorch/make.py}) compute what PyTorch computed, in the code that a person would write. */
class PyTorchModelsTest {

  @TempDir
  private Path directory;

  /** A model that was imported. */
  private record Imported(String file, Net net, ImportedSource source) {

    /** The name of the interface. */
    String type() {
      return "pytorch." + target(file);
    }

    /** The input that PyTorch read, three rows. */
    Feed feed(ByteBuffer data) {
      Map<String, double[]> inputs = new LinkedHashMap<>();
      net.inputs().forEach(input -> inputs.put(input.name(), floats(data)));
      return new Feed(Feed.sources(net), 3, inputs);
    }

    ByteBuffer data() throws IOException {
      return ByteBuffer.wrap(Files.readAllBytes(Resources.path("/pytorch/" + file + ".bin")))
          .order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  private static String target(String file) {
    return file.substring(0, 1).toUpperCase(Locale.ROOT) + file.substring(1).replace("-", "");
  }

  private static Map<String, Imported> models() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(Resources.path("/pytorch"))) {
      files = all.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
    }
    Map<String, Imported> models = new TreeMap<>();
    for (Path path : files) {
      String file = path.getFileName().toString().replace(".onnx", "");
      Net net = ModelImporter.read(ModelFile.read(path), Optional.empty(), Map.of());
      ImportedSource.Target target = new ImportedSource.Target("pytorch", target(file));
      models.put(
          "pytorch." + target(file),
          new Imported(file, net, ImportedSource.of(net, target, file + ".onnx", Map.of())));
    }
    return models;
  }

  /** Ours from the import, and ONNX Runtime from our export of that. */
  @Test
  void computeWhatPyTorchComputed() throws Exception {
    Map<String, Imported> imported = models();
    Map<String, ImportedSource> sources = new TreeMap<>();
    imported.forEach((type, model) -> sources.put(type, model.source()));
    Map<String, Model> models = Networks.of(sources);

    Set<String> layers = new TreeSet<>();
    for (String type : models.keySet()) {
      Model model = models.get(type);
      ByteBuffer data = imported.get(type).data();
      Feed feed = imported.get(type).feed(data);
      double[] y = floats(data);
      assertClose(type, feed.outputs(model), y);

      Path export = directory.resolve(type + ".onnx");
      Onnx.save(export, model);
      try (OnnxRuntime runtime = new OnnxRuntime(export)) {
        assertClose(type + " exported", runtime.run(3, renamed(feed, model), last(model)), y);
      }
      model.architecture().layers().forEach(layer -> layers.add(layer.type()));
    }
    assertThat(layers)
        .contains(
            "Linear",
            "Embedding",
            "Conv1d",
            "Conv2d",
            "MaxPool1d",
            "MaxPool2d",
            "AvgPool1d",
            "AvgPool2d",
            "AdaptiveAvgPool2d",
            "Flatten",
            "BatchNorm1d",
            "BatchNorm2d",
            "LayerNorm",
            "PReLU",
            "Add",
            "Mul",
            "Concat");
  }

  /** The inputs by the names that they have in the declaration. */
  private static Map<String, double[]> renamed(Feed feed, Model model) {
    Map<String, double[]> inputs = new LinkedHashMap<>();
    for (int i = 0; i < feed.sources().size(); i++) {
      inputs.put(
          model.architecture().inputs().get(i).name(),
          feed.inputs().get(feed.sources().get(i).name()));
    }
    return inputs;
  }

  private static String last(Model model) {
    List<Layer> layers = model.architecture().layers();
    return layers.get(layers.size() - 1).name();
  }

  private static void assertClose(String name, double[] actual, double[] expected) {
    assertThat(actual).describedAs(name).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).describedAs(name).isCloseTo(expected[i], within(1e-5));
    }
  }

  private static double[] floats(ByteBuffer data) {
    double[] values = new double[data.getInt()];
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
  void numbersAndClassIndices() throws Exception {
    assertThatSourceIs("clicks-14", "Clicks14.java.txt");
  }

  @Test
  void allActivations() throws Exception {
    assertThatSourceIs("activations-16", "Activations16.java.txt");
  }

  /** {@code -Dgoldens.update=DIR} writes it to a directory. */
  private static void assertThatSourceIs(String model, String golden) throws IOException {
    String actual = models().get("pytorch." + target(model)).source().java();
    String update = System.getProperty("goldens.update");
    if (update != null) {
      Files.writeString(Path.of(update, golden), actual);
    }
    assertThat(actual).isEqualTo(Files.readString(Resources.path("/pytorch/" + golden)));
  }
}
