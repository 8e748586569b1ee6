package dev.gradpoet.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.gradpoet.Activation;
import dev.gradpoet.DType;
import dev.gradpoet.onnx.export.ModelExporter;
import dev.gradpoet.onnx.fold.ModelImporter;
import dev.gradpoet.onnx.source.ImportedSource;
import dev.gradpoet.onnx.testing.Feed;
import dev.gradpoet.onnx.testing.Networks;
import dev.gradpoet.onnx.testing.OnnxRuntime;
import dev.gradpoet.onnx.wire.ModelFile;
import dev.gradpoet.runtime.Architecture;
import dev.gradpoet.runtime.Layer;
import dev.gradpoet.runtime.Model;
import dev.gradpoet.runtime.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ONNX Runtime computes of an export what the network computes, and the export imports as the network that it was. */
class ExportTest {

  private static final int[] ROWS = {1, 5};

  @TempDir
  private Path directory;

  /** A linear layer with each activation. */
  private static String everyActivation(String name, String input) {
    StringBuilder all =
        new StringBuilder("@Network(input = " + input + ") public interface " + name + " {\n");
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
    return all + "  @Activate(Activation.SOFTPLUS) Layer soft();\n}";
  }

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
    declarations.put("Activations", everyActivation("Activations", "5"));
    declarations.put("ActivationsOfRows", everyActivation("ActivationsOfRows", "{2, 5}"));
    declarations.put("Threshold", """
        @Network(input = 5) public interface Threshold {
          @ActivationOptions(threshold = 0.5) @Activate(Activation.SOFTPLUS) Layer soft();
        }""");
    declarations.put("Click", """
        @Network public interface Click {
          @Input(4) Layer numbers();
          @Input(value = 2, classes = 9) Layer categories();
          @Input(value = 1, classes = 1) Layer one();
          @Embedding(dim = 3, from = "categories", activation = Activation.TANH) Layer embedded();
          @Flatten Layer flat();
          @Embedding(dim = 4, from = "one") Layer single();
          @Flatten Layer flatSingle();
          @Add(from = {"numbers", "flatSingle"}) Layer sum();
          @Concat(from = {"flat", "sum", "numbers"}) Layer all();
          @Linear(out = 2) Layer click();
        }""");
    declarations.put("Words", """
        @Network public interface Words {
          @Input(value = 3, classes = 7) Layer words();
          @Embedding(dim = 5) Layer embedded();
          @LayerNorm Layer norm();
        }""");
    declarations.put("Two", """
        @Network public interface Two {
          @Input({2, 4, 4}) Layer image();
          @Input({2, 4, 4}) Layer input();
          @Mul(from = {"image", "input"}) Layer product();
          @Conv2d(out = 2, kernel = 3, padding = 1, from = "input") Layer conv();
          @Add(from = {"conv", "product"}) Layer sum();
        }""");
    declarations.put("Plain", """
        @Network(input = 6) public interface Plain {
          @Linear(out = 6, activation = Activation.TANH) Layer first();
          @BatchNorm(activation = Activation.SIGMOID) Layer batch();
          @LayerNorm Layer norm();
          @Dropout Layer drop();
          @PRelu(perChannel = true) Layer prelu();
          @Linear(out = 6, bias = false, activation = Activation.RELU) Layer second();
          @Add(from = {"second", "first"}) Layer sum();
          @Mul(from = {"sum", "input"}, activation = Activation.SOFTMAX) Layer product();
          @Concat(from = {"product", "first"}) Layer all();
          @Linear(out = 3, activation = Activation.LOG_SOFTMAX) Layer out();
        }""");
    declarations.put(
        "Shorthand",
        "@Network(layers = {4, 5, 3}, activation = Activation.RELU) public interface Shorthand {}");
    return declarations;
  }

  private static Map<String, Model> models() throws Exception {
    return models("");
  }

  /** With another member of {@code @Network}. */
  private static Map<String, Model> models(String member) throws Exception {
    Map<String, ImportedSource> sources = new LinkedHashMap<>();
    declarations()
        .forEach((name, text) -> sources.put(
            "export." + name,
            new ImportedSource(
                "package export;\nimport dev.gradpoet.*;\nimport dev.gradpoet.runtime.Layer;\n"
                    + withMember(text, member),
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

  private static String withMember(String text, String member) {
    return member.isEmpty()
        ? text
        : text.contains("@Network(")
            ? text.replaceFirst("@Network\\(([^)]*)\\)", "@Network($1" + member + ")")
            : text.replaceFirst("@Network", "@Network(" + member.substring(2) + ")");
  }

  private static void fill(Tensor tensor, Random random, double from) {
    double[] values = new double[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = from + 1.4 * random.nextDouble();
    }
    tensor.copyFrom(values);
  }

  @Test
  void onnxRuntimeComputesTheSameAndTheExportImportsAsItself() throws Exception {
    Map<String, Model> models = models();
    Map<String, ImportedSource> again = new LinkedHashMap<>();
    for (Map.Entry<String, Model> entry : models.entrySet()) {
      Model model = entry.getValue();
      Path file = directory.resolve(entry.getKey() + ".onnx");
      Onnx.save(file, model);

      for (int rows : ROWS) {
        Feed feed = feed(model, rows);
        try (OnnxRuntime reference = new OnnxRuntime(file)) {
          assertClose(
              entry.getKey(), feed.outputs(model), reference.run(rows, feed.inputs(), last(model)));
        }
      }
      if (entry.getKey().equals("export.Threshold")) {
        assertThatThrownBy(
                () -> ModelImporter.read(ModelFile.read(file), Optional.empty(), Map.of()))
            .hasMessageContaining("Where \"soft\": no layer computes this operator");
        continue;
      }
      again.put(entry.getKey() + "2", imported(file, entry.getKey().substring(7)));
    }
    Networks.of(again).forEach((name, model) -> {
      Model original = models.get(name.substring(0, name.length() - 1));
      assertClose(name, feed(original, 3).outputs(model), feed(original, 3).outputs(original));
    });
  }

  private static Feed feed(Model model, int rows) {
    return Feed.random(Feed.sources(model.architecture()), rows, rows);
  }

  private static String last(Model model) {
    List<Layer> layers = model.architecture().layers();
    return layers.get(layers.size() - 1).name();
  }

  private static void assertClose(String name, double[] actual, double[] expected) {
    assertClose(name, actual, expected, 1e-5);
  }

  private static void assertClose(
      String name, double[] actual, double[] expected, double tolerance) {
    assertThat(actual).describedAs(name).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i])
          .describedAs(name + " value " + i)
          .isCloseTo(expected[i], within(tolerance * (1 + Math.abs(expected[i]))));
    }
  }

  /** ONNX Runtime has no kernels in double for these operators; it says so when it opens the model. */
  private static final Set<String> SINGLE_IN_ONNX_RUNTIME = Set.of(
      "Activations: Elu(6) node with name 'l3'",
      "ActivationsOfRows: Elu(6) node with name 'l3'",
      "Images: Conv(11) node with name 'conv'",
      "Signals: Conv(11) node with name 'conv'",
      "Threshold: Softplus(1) node with name 'soft.activation.softplus'",
      "Two: Conv(11) node with name 'conv'",
      "Vectors: Erf(13) node with name 'first.activation.erf'");

  @Test
  void inDoublePrecision() throws Exception {
    Map<String, Model> models = models(", dtype = DType.FLOAT64");
    Map<String, ImportedSource> again = new LinkedHashMap<>();
    Set<String> refused = new TreeSet<>();
    for (Map.Entry<String, Model> entry : models.entrySet()) {
      String name = entry.getKey().substring("export.".length());
      Path file = directory.resolve(name + ".onnx");
      Onnx.save(file, entry.getValue());
      Feed feed = feed(entry.getValue(), 5);
      try (OnnxRuntime reference = new OnnxRuntime(file)) {
        double[] expected = reference.run(5, feed.inputs(), last(entry.getValue()));
        assertClose(name, feed.outputs(entry.getValue()), expected, 1e-10);
      } catch (OrtException e) {
        assertThat(e).hasMessageContaining("ORT_NOT_IMPLEMENTED");
        refused.add(name + ": " + e.getMessage().replaceAll("(?s).*implementation for ", ""));
      }
      if (!name.equals("Threshold")) {
        again.put(entry.getKey() + "2", imported(file, name));
      }
    }
    assertThat(refused).isEqualTo(SINGLE_IN_ONNX_RUNTIME);
    Networks.of(again).forEach((name, model) -> {
      Model original = models.get(name.substring(0, name.length() - 1));
      Feed feed = feed(original, 3);
      assertClose(name, feed.outputs(model), feed.outputs(original), 1e-12);
    });
  }

  private static ImportedSource imported(Path file, String name) throws IOException {
    return ImportedSource.of(
        ModelImporter.read(ModelFile.read(file), Optional.empty(), Map.of()),
        new ImportedSource.Target("export", name + "2"),
        "export",
        Map.of());
  }

  @Test
  void aLayerThatNoOperatorExpressesIsNamed() {
    Layer layer = Architecture.Input.of("deep", 3);
    assertThatThrownBy(() -> ModelExporter.of(Architecture.of(
            "Deep", DType.FLOAT32, List.of(Architecture.Input.of("x", 3)), List.of(layer))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the layer deep is of type Input, which no operator of opset 17 expresses: export the network without it");
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
