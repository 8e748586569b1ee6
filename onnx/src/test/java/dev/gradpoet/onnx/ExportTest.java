package dev.gradpoet.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gradpoet.Activation;
import dev.gradpoet.onnx.fold.ModelImporter;
import dev.gradpoet.onnx.net.Net;
import dev.gradpoet.onnx.source.ImportedSource;
import dev.gradpoet.onnx.testing.Networks;
import dev.gradpoet.onnx.testing.OnnxRuntime;
import dev.gradpoet.onnx.testing.Resources;
import dev.gradpoet.onnx.wire.ModelFile;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ONNX Runtime computes of an export what the network computes, and the export imports as the network that it was. */
class ExportTest {

  private static final int ROWS = 3;

  @TempDir
  private Path directory;

  /** Declarations by the name of the interface: every layer, and every activation with and without options. */
  private static Map<String, String> declarations() {
    Map<String, String> declarations = new LinkedHashMap<>();
    declarations.put("Vectors", """
        @Network(input = 6) public interface Vectors {
          @Linear(out = 8, activation = Activation.GELU) Layer first();
          @BatchNorm(eps = 1e-3) Layer batch();
          @LayerNorm(activation = Activation.SILU) Layer norm();
          @Dropout(p = 0.3) Layer drop();
          @PRelu(perChannel = true) Layer prelu();
          @Linear(out = 8, bias = false) Layer second();
          @Add(from = {"second", "first", "norm"}, activation = Activation.TANH) Layer sum();
          @Mul(from = {"sum", "batch"}) Layer product();
          @BatchNorm(affine = false) Layer plain();
          @LayerNorm(affine = false) Layer plainNorm();
          @Concat(from = {"plainNorm", "sum", "input"}) Layer all();
          @Activate(Activation.MISH) Layer active();
          @Linear(out = 4, activation = Activation.LOG_SOFTMAX) Layer out();
        }""");
    declarations.put("Images", """
        @Network(input = {2, 9, 8}) public interface Images {
          @Normalization(mean = {0.5, -0.25}, std = {2, 0.5}) Layer normalized();
          @Conv2d(out = 4, kernel = {3, 2}, stride = {1, 2}, padding = {1, 0, 0, 1}) Layer conv();
          @BatchNorm Layer batch();
          @Conv2d(out = 8, kernel = 3, padding = 1, groups = 2) Layer grouped();
          @Conv2d(out = 8, kernel = 3, padding = 1, groups = 8, bias = false) Layer depthwise();
          @PRelu(perChannel = true) Layer prelu();
          @MaxPool2d(kernel = 2, stride = 1, padding = 1, activation = Activation.RELU) Layer max();
          @AvgPool2d(kernel = 3, stride = 2, padding = 1) Layer average();
          @AvgPool2d(kernel = 2, stride = 1, padding = {1, 0, 0, 1}, countIncludePad = false) Layer inside();
          @Conv2d(out = 3, kernel = 1, dilation = 2, bias = false) Layer small();
          @LayerNorm(dims = 2) Layer norm();
          @Linear(out = 5) Layer last();
          @Linear(out = 4, bias = false, activation = Activation.SOFTMAX) Layer unbiased();
          @GlobalAvgPool(from = "norm") Layer global();
          @Flatten Layer flat();
          @Flatten(from = "unbiased") Layer other();
          @Concat(from = {"flat", "other"}) Layer all();
          @PRelu Layer one();
        }""");
    declarations.put("Signals", """
        @Network(input = {2, 12}) public interface Signals {
          @Conv1d(out = 3, kernel = 3, padding = 2, dilation = 2) Layer conv();
          @MaxPool1d(kernel = 2) Layer max();
          @AvgPool1d(kernel = 2, stride = 1) Layer average();
          @Linear(out = 4, activation = Activation.SIGMOID) Layer linear();
        }""");
    StringBuilder all = new StringBuilder("@Network(input = 5) public interface Activations {\n");
    for (Activation activation : Activation.values()) {
      String options = switch (activation) {
        case LEAKY_RELU -> "@ActivationOptions(negativeSlope = 0.3) ";
        case ELU, CELU -> "@ActivationOptions(alpha = 0.6) ";
        case HARD_TANH -> "@ActivationOptions(minVal = -0.3, maxVal = 0.4) ";
        case SOFTPLUS -> "@ActivationOptions(beta = 3) ";
        default -> "";
      };
      all.append("  ")
          .append(options)
          .append("@Linear(out = 5, activation = Activation.")
          .append(activation)
          .append(") Layer l")
          .append(activation.ordinal())
          .append("();\n");
    }
    declarations.put("Activations", all + "  @Activate(Activation.SOFTPLUS) Layer soft();\n}");
    declarations.put("Threshold", """
        @Network(input = 5) public interface Threshold {
          @ActivationOptions(threshold = 0.5) @Activate(Activation.SOFTPLUS) Layer soft();
        }""");
    declarations.put(
        "Shorthand",
        "@Network(layers = {4, 5, 3}, activation = Activation.RELU) public interface Shorthand {}");
    return declarations;
  }

  private static Map<String, Model> models() throws Exception {
    Map<String, ImportedSource> sources = new LinkedHashMap<>();
    declarations()
        .forEach((name, text) -> sources.put(
            "export." + name,
            new ImportedSource(
                "package export;\nimport dev.gradpoet.*;\nimport dev.gradpoet.runtime.Layer;\n"
                    + text,
                Map.of())));
    Map<String, Model> models = Networks.untrained(sources);
    Random random = new Random(5);
    for (Model model : models.values()) {
      model.architecture().layers().forEach(layer -> {
        layer.parameters().values().forEach(tensor -> fill(tensor, random, -0.7));
        layer.buffers().forEach((name, tensor) -> {
          if (name.startsWith("running")) {
            fill(tensor, random, 0.1);
          }
        });
      });
    }
    return models;
  }

  private static void fill(Tensor tensor, Random random, double from) {
    float[] values = new float[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (from + 1.4 * random.nextDouble());
    }
    tensor.copyFrom(values);
  }

  private static float[] rows(int count) {
    Random random = new Random(count);
    float[] x = new float[count];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  @Test
  void onnxRuntimeComputesTheSameAndTheExportImportsAsItself() throws Exception {
    Map<String, Model> models = models();
    Map<String, ImportedSource> again = new LinkedHashMap<>();
    Map<String, float[]> outputs = new LinkedHashMap<>();
    for (Map.Entry<String, Model> entry : models.entrySet()) {
      Model model = entry.getValue();
      Path file = directory.resolve(entry.getKey() + ".onnx");
      Onnx.save(file, model);

      int[] shape = model.architecture().inputs().get(0).shape();
      float[] x = rows(ROWS * Arrays.stream(shape).reduce(1, (a, b) -> a * b));
      float[] y = model.forward(Tensor.of(x, ROWS, x.length / ROWS)).toFloatArray();
      outputs.put(entry.getKey(), y);
      try (OnnxRuntime reference = new OnnxRuntime(file)) {
        long[] dims = LongStream.concat(
                LongStream.of(ROWS), Arrays.stream(shape).asLongStream())
            .toArray();
        String output = model
            .architecture()
            .layers()
            .get(model.architecture().layers().size() - 1)
            .name();
        assertClose(entry.getKey(), y, reference.run("input", x, dims, output));
      }
      if (entry.getKey().equals("export.Threshold")) {
        assertThatThrownBy(
                () -> ModelImporter.read(ModelFile.read(file), Optional.empty(), Map.of()))
            .hasMessageContaining("Where \"soft\": no layer computes this operator");
        continue;
      }
      Net net = ModelImporter.read(ModelFile.read(file), Optional.empty(), Map.of());
      again.put(
          entry.getKey() + "2",
          ImportedSource.of(
              net,
              new ImportedSource.Target("export", entry.getKey().substring(7) + "2"),
              "export",
              Map.of()));
    }
    Networks.of(again).forEach((name, model) -> {
      float[] expected = outputs.get(name.substring(0, name.length() - 1));
      int width =
          Arrays.stream(model.architecture().inputs().get(0).shape()).reduce(1, (a, b) -> a * b);
      float[] x = rows(ROWS * width);
      assertClose(name, model.forward(Tensor.of(x, ROWS, width)).toFloatArray(), expected);
    });
  }

  private static void assertClose(String name, float[] actual, float[] expected) {
    assertThat(actual).describedAs(name).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i])
          .describedAs(name + " value " + i)
          .isCloseTo(expected[i], within(1e-5f * (1 + Math.abs(expected[i]))));
    }
  }

  @Test
  void weightsOfPyTorchGoInAndOut() throws Exception {
    ModelFile file = ModelFile.read(Resources.path("/pytorch/images-12.onnx"));
    Net net = ModelImporter.read(file, Optional.empty(), Map.of());
    Model model = Networks.of(Map.of(
            "export.Images12",
            ImportedSource.of(
                net, new ImportedSource.Target("export", "Images12"), "images", Map.of())))
        .get("export.Images12");
    Path out = directory.resolve("out.onnx");
    Onnx.save(out, model);

    float[] x = rows(ROWS * 3 * 9 * 8);
    long[] dims = {ROWS, 3, 9, 8};
    try (OnnxRuntime theirs = new OnnxRuntime(Resources.path("/pytorch/images-12.onnx"));
        OnnxRuntime ours = new OnnxRuntime(out)) {
      assertClose("images", ours.run("input", x, dims, "fc"), theirs.run("x", x, dims, "y"));
    }
  }

  @Test
  void whatCannotBeExportedIsNamed() throws Exception {
    Map<String, Model> models = Networks.untrained(Map.of(
        "export.Words",
        new ImportedSource("""
            package export;
            import dev.gradpoet.*;
            import dev.gradpoet.runtime.Layer;
            @Network public interface Words {
              @Input(value = 2, classes = 9) Layer words();
              @Embedding(dim = 3, activation = Activation.RELU) Layer embedded();
            }""", Map.of()),
        "export.Two",
        new ImportedSource("""
            package export;
            import dev.gradpoet.*;
            import dev.gradpoet.runtime.Layer;
            @Network public interface Two {
              @Input(2) Layer left();
              @Input(2) Layer right();
              @Add(from = {"left", "right"}) Layer sum();
            }""", Map.of())));

    assertThatThrownBy(() -> Onnx.save(directory.resolve("a"), models.get("export.Words")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "the layer embedded is of type Embedding, which cannot be exported yet");
    assertThatThrownBy(() -> Onnx.save(directory.resolve("a"), models.get("export.Two")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the network has 2 inputs, expected one to export it");
    assertThat(directory.resolve("a")).doesNotExist();
  }

  @Test
  void aFailedSaveLeavesTheFile() throws Exception {
    Model model = models().get("export.Shorthand");

    assertThatThrownBy(() -> Onnx.save(directory.resolve("no/such.onnx"), model))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("its directory does not exist");
    assertThatThrownBy(() -> Onnx.save(directory, model))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it is a directory");
    assertThat(Files.list(directory)).isEmpty();
  }
}
