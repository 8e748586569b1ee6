package dev.gradpoet.onnx.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.onnx.net.Net;
import dev.gradpoet.onnx.source.ImportedSource;
import dev.gradpoet.onnx.testing.Feed;
import dev.gradpoet.onnx.testing.ModelText;
import dev.gradpoet.onnx.testing.Networks;
import dev.gradpoet.onnx.testing.OnnxRuntime;
import dev.gradpoet.onnx.testing.RandomModel;
import dev.gradpoet.onnx.wire.ModelFile;
import dev.gradpoet.onnx.wire.ModelWriter;
import dev.gradpoet.runtime.Model;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random models compute what ONNX Runtime computes, or are refused: no wrong number, and no other exception. */
class RandomModelsTest {

  @TempDir
  private Path directory;

  @Test
  void areRightOrRefused() throws Exception {
    assertThat(check(0, 10)).isBetween(3, 9);
  }

  @Test
  @Tag("exhaustive")
  void manyAreRightOrRefused() throws Exception {
    for (int i = 1; i <= 5; i++) {
      check(1000L * i, 300);
    }
  }

  /** How many models are networks. */
  private int check(long first, int count) throws Exception {
    Map<String, ImportedSource> sources = new LinkedHashMap<>();
    Map<String, Net> nets = new LinkedHashMap<>();
    Map<String, Path> files = new LinkedHashMap<>();
    for (long seed = first; seed < first + count; seed++) {
      byte[] bytes = ModelWriter.bytes(ModelText.of(RandomModel.of(seed)));
      Net net;
      try {
        net = ModelImporter.read(ModelFile.read("model", bytes), Optional.empty(), Map.of());
      } catch (RefusedModelException e) {
        continue;
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ":\n" + RandomModel.of(seed), e);
      }
      String name = "random.M" + seed;
      nets.put(name, net);
      sources.put(
          name,
          ImportedSource.of(
              net, new ImportedSource.Target("random", "M" + seed), "model", Map.of()));
      files.put(name, Files.write(directory.resolve("M" + seed), bytes));
    }
    Map<String, Model> models = Networks.of(sources);
    List<String> wrong = new ArrayList<>();
    for (String name : models.keySet()) {
      Feed feed = Feed.random(Feed.sources(nets.get(name)), 3, 1);
      double[] actual = feed.outputs(models.get(name));
      try (OnnxRuntime reference = new OnnxRuntime(files.get(name))) {
        double error = error(actual, reference.run(3, feed.inputs(), "y"));
        if (!(error < 1e-4)) {
          long seed = Long.parseLong(name.substring("random.M".length()));
          wrong.add(name + ": " + error + "\n" + RandomModel.of(seed));
        }
      }
    }
    assertThat(wrong).isEmpty();
    System.out.println(nets.size() + " of " + count + " random models are networks");
    return nets.size();
  }

  /** The largest difference, relative to the largest value. */
  private static double error(double[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    double largest = 1e-3;
    double difference = 0;
    for (int i = 0; i < actual.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
    }
    return difference / largest;
  }
}
