package dev.gradpoet.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.onnx.fold.ModelImporter;
import dev.gradpoet.onnx.fold.RefusedModelException;
import dev.gradpoet.onnx.net.Constant;
import dev.gradpoet.onnx.net.Net;
import dev.gradpoet.onnx.net.NetInput;
import dev.gradpoet.onnx.source.ImportedSource;
import dev.gradpoet.onnx.testing.Feed;
import dev.gradpoet.onnx.testing.Networks;
import dev.gradpoet.onnx.testing.OnnxRuntime;
import dev.gradpoet.onnx.testing.Resources;
import dev.gradpoet.onnx.wire.ModelFile;
import dev.gradpoet.runtime.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Models that others trained: each runs as with ONNX Runtime, or is refused with all reasons. */
class OthersModelsTest {

  /** Outputs to choose where a model has several. */
  private static final Map<String, List<String>> OUTPUTS = Map.of(
      "marabou-two-branches.onnx", List.of("Y"),
      "marabou-controller-2in-2out.onnx", List.of("output_1", "output_2", "output_3"));

  /** Of the largest output. */
  private static final double TOLERANCE = 1e-5;

  private final Map<String, Net> nets = new LinkedHashMap<>();
  private final Map<String, ImportedSource> sources = new LinkedHashMap<>();
  private final Map<String, Path> paths = new LinkedHashMap<>();
  private final Map<String, RefusedModelException> refused = new LinkedHashMap<>();

  private void read(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(directory)) {
      files = all.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
    }
    for (Path file : files) {
      String fileName = directory.relativize(file).toString();
      List<String> outputs = OUTPUTS.getOrDefault(fileName, List.of(""));
      for (String output : outputs) {
        read(file, fileName, output);
      }
    }
  }

  private void read(Path file, String fileName, String output) throws IOException {
    String name = "M" + nets.size();
    Optional<String> chosen = Optional.of(output).filter(text -> !text.isEmpty());
    try {
      ModelFile model = ModelFile.read(file);
      Net net = ModelImporter.read(model, chosen, Map.of());
      sources.put(
          "models." + name,
          ImportedSource.of(net, new ImportedSource.Target("models", name), fileName, Map.of()));
      nets.put("models." + name, net);
      paths.put("models." + name, file);
    } catch (RefusedModelException e) {
      refused.put(fileName, e);
    }
  }

  private List<String> errors() throws Exception {
    Map<String, Model> models = Networks.of(sources);
    List<String> wrong = new ArrayList<>();
    for (String name : models.keySet()) {
      double error = error(models.get(name), nets.get(name), paths.get(name));
      if (!(error < TOLERANCE)) {
        wrong.add(paths.get(name).getFileName() + ": " + error);
      }
    }
    return wrong;
  }

  /** Those in the project; with {@code -Dgradpoet.models=DIR}, those of a directory, whose licence may keep them out of it. */
  @Test
  void computeWhatOnnxRuntimeComputes() throws Exception {
    String directory = System.getProperty("gradpoet.models", "");
    read(directory.isEmpty() ? Resources.path("/models") : Path.of(directory));

    refused.values().forEach(e -> System.out.println(e.getMessage()));
    assertThat(errors()).isEmpty();
    long run = paths.values().stream().distinct().count();
    System.out.println(run + " of " + (run + refused.size()) + " models run");
    if (directory.isEmpty()) {
      assertThat(nets).hasSize(15);
      assertThat(refused).isEmpty();
    }
  }

  /** The inputs and outputs that the makers of ONNX Runtime's MNIST published with it. */
  @Test
  void mnistComputesItsPublishedOutputs() throws Exception {
    Net net = ModelImporter.read(
        ModelFile.read(Resources.path("/models/ort-mnist-cntk.onnx")), Optional.empty(), Map.of());
    Model model = Networks.of(Map.of(
            "models.Mnist",
            ImportedSource.of(
                net, new ImportedSource.Target("models", "Mnist"), "mnist", Map.of())))
        .get("models.Mnist");
    for (int set = 0; set < 3; set++) {
      double[] x = published("set" + set + "_input_0.pb");
      double[] y =
          new Feed(Feed.sources(net), 1, Map.of(net.inputs().get(0).name(), x)).outputs(model);
      assertThat(difference(y, published("set" + set + "_output_0.pb"))).isLessThan(TOLERANCE);
    }
  }

  private static double[] published(String file) throws IOException {
    byte[] bytes = Files.readAllBytes(Resources.path("/models/ort-mnist-cntk-data/" + file));
    return Constant.of(ModelFile.readTensor(file, bytes)).reals();
  }

  private static double error(Model model, Net net, Path file) throws Exception {
    ModelFile read = ModelFile.read(file);
    long fixed = read.model().graph().inputs().stream()
        .filter(input -> input.name().equals(net.inputs().get(0).name()))
        .flatMap(input -> input.shape().stream())
        .mapToLong(shape -> shape.get(0).value())
        .findFirst()
        .orElse(-1);
    double worst = 0;
    for (int rows : new int[] {1, 5}) {
      int call = fixed > 0 ? (int) fixed : rows;
      Feed feed =
          Feed.random(Feed.sources(net), fixed > 0 ? rows * call : rows, rows, Random::nextFloat);
      double[] actual = feed.outputs(model);
      double[] expected = expected(read, file, net, feed, call);
      assertThat(actual).hasSameSizeAs(expected);
      worst = Math.max(worst, difference(actual, expected));
    }
    return worst;
  }

  /** As many calls as a file with a fixed number of rows needs. */
  private static double[] expected(ModelFile file, Path path, Net net, Feed feed, int rows)
      throws Exception {
    if (path.getFileName().toString().equals("vespa-mnist-softmax.onnx")) {
      // ONNX Runtime does not run opset 4
      return affine(file, feed.inputs().values().iterator().next());
    }
    try (OnnxRuntime reference = new OnnxRuntime(path)) {
      List<double[]> parts = new ArrayList<>();
      for (int at = 0; at < feed.rows(); at += rows) {
        Map<String, double[]> some = new LinkedHashMap<>();
        for (NetInput input : net.inputs()) {
          int width = input.width();
          double[] all = feed.inputs().get(input.name());
          some.put(input.name(), Arrays.copyOfRange(all, at * width, (at + rows) * width));
        }
        parts.add(reference.run(rows, some, net.outputName()));
      }
      return parts.stream().flatMapToDouble(DoubleStream::of).toArray();
    }
  }

  /** {@code x W + b} of the two constants of a model. */
  private static double[] affine(ModelFile file, double[] x) {
    double[] b = Constant.of(file.model().graph().initializers().get(0)).reals();
    double[] w = Constant.of(file.model().graph().initializers().get(1)).reals();
    int in = w.length / b.length;
    double[] y = new double[x.length / in * b.length];
    for (int i = 0; i < y.length; i++) {
      double sum = b[i % b.length];
      for (int k = 0; k < in; k++) {
        sum += x[i / b.length * in + k] * w[k * b.length + i % b.length];
      }
      y[i] = sum;
    }
    return y;
  }

  private static double difference(double[] actual, double[] expected) {
    double largest = 1e-30;
    double difference = 0;
    for (int i = 0; i < actual.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
    }
    return difference / largest;
  }
}
