package dev.gradpoet.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gradpoet.onnx.source.ImportedSource;
import dev.gradpoet.onnx.testing.Networks;
import dev.gradpoet.onnx.testing.OnnxRuntime;
import dev.gradpoet.onnx.testing.Resources;
import dev.gradpoet.runtime.LoadOption;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Safetensors;
import dev.gradpoet.runtime.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that load weights which others trained compute what PyTorch computes with them, whole and as heads of larger files. */
class WeightsOfOthersTest {

  private static final Path FILE = Resources.path("/torch/burn-multi-layer.safetensors");

  private static final int ROWS = 2;

  /** Networks by their simple names. */
  private static Map<String, Model> compiled;

  @TempDir
  private Path directory;

  private final Map<String, Model> models = new LinkedHashMap<>();

  @BeforeAll
  static void compile() throws Exception {
    Map<String, ImportedSource> sources = new LinkedHashMap<>();
    List.of("""
            @Network(input = {3, 8, 8}) public interface MultiLayer {
              @Conv2d(out = 4, kernel = 3, padding = 1) Layer conv1();
              @BatchNorm(activation = Activation.RELU) Layer norm1();
              @Flatten Layer flat();
              @Linear(out = 16) Layer fc1();
            }""", """
            @Network(input = 256) public interface Head {
              @Linear(out = 16) Layer fc1();
            }""", """
            @Network(layers = {120, 84, 10}, activation = Activation.RELU) public interface Shorthand {}""")
        .forEach(text -> sources.put(
            "others." + text.replaceAll("(?s).*interface (\\w+).*", "$1"),
            new ImportedSource(
                "package others;\nimport dev.gradpoet.*;\nimport dev.gradpoet.runtime.Layer;\n"
                    + text,
                Map.of())));
    compiled = Networks.untrained(sources);
  }

  @BeforeEach
  void copy() {
    compiled.forEach((name, model) -> models.put(name.substring("others.".length()), model.copy()));
  }

  /** {@code x[i] = (37 i mod 101) / 64 - 0.75}. */
  private static double[] inputs(int count) {
    double[] x = new double[count];
    Arrays.setAll(x, i -> 37 * i % 101 / 64.0 - 0.75);
    return x;
  }

  private static Tensor tensor(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return Tensor.of(floats, ROWS, values.length / ROWS);
  }

  private static double[] expected(String name) throws IOException {
    return Files.readAllLines(Resources.path("/torch/outputs.txt")).stream()
        .filter(line -> line.startsWith(name + " "))
        .flatMap(line -> Arrays.stream(line.split(" ")).skip(1))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  private static void assertComputes(Model model, int width, String name) throws IOException {
    assertThat(model.forward(tensor(inputs(ROWS * width))).toDoubleArray())
        .containsExactly(expected(name), within(1e-5));
  }

  @Test
  void aFileOfHuggingFacesLibrary() throws Exception {
    Model model = models.get("MultiLayer");
    model.load(FILE);

    assertComputes(model, 192, "multi-layer");
    Path export = directory.resolve("multi.onnx");
    Onnx.save(export, model);
    try (OnnxRuntime runtime = new OnnxRuntime(export)) {
      assertThat(runtime.run(ROWS, Map.of("input", inputs(ROWS * 192)), "fc1"))
          .containsExactly(expected("multi-layer"), within(1e-5));
    }
  }

  @Test
  void theHeadOfALargerFile() throws Exception {
    Model head = models.get("Head");
    float[] before = head.parameters().get("fc1.weight").toFloatArray();

    assertThatThrownBy(() -> head.load(FILE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("conv1.bias");
    assertThat(head.parameters().get("fc1.weight").toFloatArray()).isEqualTo(before);

    Safetensors read = head.load(FILE, LoadOption.IGNORE_UNKNOWN);
    assertComputes(head, 256, "multi-layer-head");
    assertThat(read.tensors()).containsOnlyKeys("fc1.bias", "fc1.weight");
  }

  @Test
  void theHeadOfAFileOfPyTorchUnderOtherNames() throws Exception {
    Path file = directory.resolve("lenet.safetensors");
    Weights.read(Resources.path("/torch/magika-lenet.pth")).save(file);
    Map<String, String> names = Map.of(
        "fc2.weight",
        "0.weight",
        "fc2.bias",
        "0.bias",
        "fc3.weight",
        "1.weight",
        "fc3.bias",
        "1.bias");

    Model head = models.get("Shorthand");
    head.load(file, names, LoadOption.IGNORE_UNKNOWN);
    assertComputes(head, 120, "lenet-head");
  }

  @Test
  void tensorsThatWereChosen() throws Exception {
    Path file = directory.resolve("lenet.safetensors");
    Path chosen = directory.resolve("head.safetensors");
    Weights.read(Resources.path("/torch/magika-lenet.pth")).save(file);
    Map<String, Tensor> tensors = Safetensors.read(file).tensors();
    assertThat(tensors).hasSize(10);
    Safetensors.save(
        chosen,
        tensors.entrySet().stream()
            .filter(entry -> entry.getKey().matches("fc[23].*"))
            .collect(Collectors.toMap(
                entry -> entry.getKey().charAt(2) - '2' + entry.getKey().substring(3),
                Map.Entry::getValue)));

    Model head = models.get("Shorthand");
    head.load(chosen);
    assertComputes(head, 120, "lenet-head");
  }
}
