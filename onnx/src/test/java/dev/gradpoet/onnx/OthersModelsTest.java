package dev.gradpoet.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.onnx.fold.ModelImporter;
import dev.gradpoet.onnx.fold.RefusedModelException;
import dev.gradpoet.onnx.net.Net;
import dev.gradpoet.onnx.net.Places;
import dev.gradpoet.onnx.source.ImportedSource;
import dev.gradpoet.onnx.testing.Networks;
import dev.gradpoet.onnx.testing.OnnxRuntime;
import dev.gradpoet.onnx.testing.Resources;
import dev.gradpoet.onnx.wire.ModelFile;
import dev.gradpoet.onnx.wire.TensorProto;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Tensor;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Models that others trained: each runs as with ONNX Runtime, or is refused with all reasons. */
class OthersModelsTest {

  /** Outputs to choose where a model has several. */
  private static final Map<String, String> OUTPUTS = Map.of(
      "marabou-two-branches.onnx", "Y",
      "marabou-controller-2in-2out.onnx", "output_1");

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
      String name = "M" + nets.size();
      String fileName = directory.relativize(file).toString();
      try {
        ModelFile model = ModelFile.read(file);
        Net net = ModelImporter.read(model, Optional.ofNullable(OUTPUTS.get(fileName)), Map.of());
        sources.put(
            "models." + name,
            ImportedSource.of(net, new ImportedSource.Target("models", name), fileName, Map.of()));
        nets.put("models." + name, net);
        paths.put("models." + name, file);
      } catch (RefusedModelException e) {
        refused.put(fileName, e);
      }
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
    System.out.println(nets.size() + " of " + (nets.size() + refused.size()) + " models run");
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
      float[] x = published("set" + set + "_input_0.pb");
      float[] y = model.forward(Tensor.of(x, 1, x.length)).toFloatArray();
      assertThat(difference(y, published("set" + set + "_output_0.pb"))).isLessThan(TOLERANCE);
    }
  }

  private static float[] published(String file) throws IOException {
    byte[] bytes = Files.readAllBytes(Resources.path("/models/ort-mnist-cntk-data/" + file));
    return floats(ModelFile.readTensor(file, bytes));
  }

  private static double error(Model model, Net net, Path file) throws Exception {
    ModelFile read = ModelFile.read(file);
    long fixed = read.model().graph().inputs().stream()
        .filter(input -> input.name().equals(net.inputName()))
        .flatMap(input -> input.shape().stream())
        .mapToLong(shape -> shape.get(0).value())
        .findFirst()
        .orElse(-1);
    int width = Places.count(net.inputDims());
    double worst = 0;
    for (int rows : new int[] {1, 5}) {
      int call = fixed > 0 ? (int) fixed : rows;
      int total = fixed > 0 ? rows * call : rows;
      Random random = new Random(rows);
      float[] theirs = new float[total * width];
      for (int i = 0; i < theirs.length; i++) {
        theirs[i] = random.nextFloat();
      }
      float[] ours = theirs.clone();
      for (int i = 0; i < ours.length && net.inputOrder().length > 0; i++) {
        ours[i] = theirs[i / width * width + net.inputOrder()[i % width]];
      }
      float[] actual = model.forward(Tensor.of(ours, total, width)).toFloatArray();
      float[] expected = expected(read, file, net, theirs, call);
      assertThat(actual).hasSameSizeAs(expected);
      worst = Math.max(worst, difference(actual, expected));
    }
    return worst;
  }

  /** As many calls as a file with a fixed number of rows needs. */
  private static float[] expected(ModelFile file, Path path, Net net, float[] x, int rows)
      throws Exception {
    if (path.getFileName().toString().equals("vespa-mnist-softmax.onnx")) {
      return affine(file, x); // ONNX Runtime does not run opset 4
    }
    int width = Places.count(net.inputDims());
    long[] shape = LongStream.concat(
            LongStream.of(rows), Arrays.stream(net.inputDims()).asLongStream())
        .toArray();
    try (OnnxRuntime reference = new OnnxRuntime(path)) {
      List<float[]> parts = new ArrayList<>();
      for (int at = 0; at < x.length; at += rows * width) {
        float[] some = Arrays.copyOfRange(x, at, at + rows * width);
        parts.add(reference.run(net.inputName(), some, shape, net.outputName()));
      }
      FloatBuffer all =
          FloatBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
      parts.forEach(all::put);
      return all.array();
    }
  }

  /** {@code x W + b} of the two constants of a model. */
  private static float[] affine(ModelFile file, float[] x) {
    float[] b = floats(file.model().graph().initializers().get(0));
    float[] w = floats(file.model().graph().initializers().get(1));
    int in = w.length / b.length;
    float[] y = new float[x.length / in * b.length];
    for (int i = 0; i < y.length; i++) {
      double sum = b[i % b.length];
      for (int k = 0; k < in; k++) {
        sum += (double) x[i / b.length * in + k] * w[k * b.length + i % b.length];
      }
      y[i] = (float) sum;
    }
    return y;
  }

  private static float[] floats(TensorProto tensor) {
    float[] values = new float[(int) tensor.count()];
    tensor.values().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  private static double difference(float[] actual, float[] expected) {
    double largest = 1e-30;
    double difference = 0;
    for (int i = 0; i < actual.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(actual[i] - (double) expected[i]));
    }
    return difference / largest;
  }
}
