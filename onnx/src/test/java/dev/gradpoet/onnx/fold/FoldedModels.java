package dev.gradpoet.onnx.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradpoet.onnx.net.Net;
import dev.gradpoet.onnx.source.ImportedSource;
import dev.gradpoet.onnx.testing.Feed;
import dev.gradpoet.onnx.testing.ModelText;
import dev.gradpoet.onnx.testing.Networks;
import dev.gradpoet.onnx.testing.OnnxRuntime;
import dev.gradpoet.onnx.wire.ElementType;
import dev.gradpoet.onnx.wire.ModelFile;
import dev.gradpoet.onnx.wire.ModelWriter;
import dev.gradpoet.runtime.Model;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Small models, each with the layers that it becomes. */
final class FoldedModels {

  private FoldedModels() {}

  /**
   * Imports models, compares their layers, and runs them beside ONNX Runtime.
   *
   * @param all by name: the annotations of the layers, and the text of the model
   * @param directory for the files
   */
  static void assertComputed(Map<String, String[]> all, Path directory) throws Exception {
    Map<String, ImportedSource> sources = new LinkedHashMap<>();
    Map<String, Net> nets = new LinkedHashMap<>();
    for (Map.Entry<String, String[]> entry : all.entrySet()) {
      byte[] bytes = ModelWriter.bytes(ModelText.of(entry.getValue()[1]));
      Files.write(directory.resolve(entry.getKey()), bytes);
      Net net =
          ModelImporter.read(ModelFile.read(entry.getKey(), bytes), Optional.empty(), Map.of());
      nets.put(entry.getKey(), net);
      sources.put(
          "folded." + entry.getKey(),
          ImportedSource.of(
              net, new ImportedSource.Target("folded", entry.getKey()), "model", Map.of()));
      assertThat(net.layers().stream()
              .map(layer -> layer.kind().annotation())
              .collect(Collectors.joining(" ")))
          .describedAs(entry.getKey())
          .isEqualTo(entry.getValue()[0]);
    }
    Map<String, Model> models = Networks.of(sources);

    for (Map.Entry<String, Net> entry : nets.entrySet()) {
      boolean doubles = entry.getValue().type() == ElementType.DOUBLE;
      boolean integers = entry.getKey().equals("IntegersAsNumbers");
      for (int rows : new int[] {1, 5}) {
        Feed feed = Feed.random(
            Feed.sources(entry.getValue()),
            rows,
            3,
            random -> integers ? random.nextInt(9) - 4 : random.nextGaussian());
        double[] actual = feed.outputs(models.get("folded." + entry.getKey()));
        try (OnnxRuntime reference = new OnnxRuntime(directory.resolve(entry.getKey()))) {
          double[] expected = reference.run(rows, feed.inputs(), "y");
          assertThat(actual).describedAs(entry.getKey()).hasSameSizeAs(expected);
          for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i])
                .describedAs(entry.getKey())
                .isCloseTo(
                    expected[i], within((doubles ? 1e-11 : 1e-5) * (1 + Math.abs(expected[i]))));
          }
        }
      }
    }
  }
}
