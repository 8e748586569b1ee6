package dev.gradpoet.processor.source;

import static dev.gradpoet.processor.testing.SourceCompiler.javac;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.gradpoet.processor.NetworkProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole generated classes, byte for byte: a refactoring leaves the files in {@code resources/generated} as they are. {@code -Dgoldens.update} rewrites
 * them, so that the diff of a commit shows what it changes in users' files.
 */
class GoldenSourceTest {

  private static final Path GOLDENS = Path.of("src", "test", "resources", "generated");
  private static final List<String> VECTORS = List.of("--add-modules", "jdk.incubator.vector");

  /** The declarations; each constant is the name of an interface. */
  enum Declaration {
    Shorthand(VECTORS, """
        @Network(layers = {64, 32, 10}, activation = Activation.RELU, loss = Loss.CROSS_ENTROPY)
        interface Shorthand {}
        """),
    Residual(VECTORS, """
        @Network(input = 20, loss = Loss.MSE, init = Init.KAIMING_NORMAL_RELU)
        public interface Residual extends java.io.Serializable {
          @Linear(out = 70, activation = Activation.TANH) Layer stem();
          @Linear(out = 70, bias = false, activation = Activation.RELU) Layer inner();
          @Add(from = {"stem", "inner"}, activation = Activation.SILU) Layer sum();
          @Concat(from = {"sum", "input"}) Layer both();
          @Linear(out = 40, from = "both", activation = Activation.SOFTMAX) Layer gate();
          @Linear(out = 1) @Deprecated Layer value();
        }
        """),
    Activations(VECTORS, activations()),
    Doubles(VECTORS, """
        @Network(input = 100, loss = Loss.KL_DIV, dtype = DType.FLOAT64, init = Init.XAVIER_UNIFORM)
        @LossOptions(reduction = Reduction.BATCH_MEAN, logTarget = true)
        interface Doubles {
          @Linear(out = 3, activation = Activation.GELU) Layer narrow();
          @Linear(out = 50, activation = Activation.LEAKY_RELU) @ActivationOptions(negativeSlope = 0.2) Layer wide();
          @Linear(out = 12, activation = Activation.LOG_SOFTMAX) Layer distribution();
        }
        """),
    Images(VECTORS, """
        @Network(input = {1, 12, 12}, loss = Loss.CROSS_ENTROPY)
        interface Images {
          @Conv2d(out = 6, kernel = 3, padding = 1, activation = Activation.RELU) Layer conv1();
          @MaxPool2d(kernel = 2) Layer pool1();
          @Conv2d(out = 16, kernel = 3, bias = false, activation = Activation.GELU) Layer conv2();
          @GlobalAvgPool Layer pool2();
          @Flatten Layer flat();
          @Linear(out = 10) Layer logits();
        }
        """),
    Categories(VECTORS, """
        @Network(loss = Loss.BCE_WITH_LOGITS)
        interface Categories {
          @Input(4) Layer numbers();
          @Input(value = 2, classes = 1000) Layer categories();
          @Embedding(dim = 8, from = "categories") Layer embedded();
          @Flatten Layer flat();
          @Concat(from = {"numbers", "flat"}) Layer all();
          @Linear(out = 32, activation = Activation.RELU) Layer hidden();
          @Linear(out = 1) Layer click();
        }
        """),
    Losses(List.of(), """
        @Network(input = 5)
        interface Losses {
          @Network(layers = {5, 3}, loss = Loss.CROSS_ENTROPY)
          @LossOptions(reduction = Reduction.NONE, labelSmoothing = 0.1, ignoreIndex = 2, classWeights = {1, 0.5, 2})
          interface Classes {}

          @Network(layers = {5, 2}, loss = Loss.BCE_WITH_LOGITS)
          @LossOptions(reduction = Reduction.SUM, posWeight = {2, 3}, weight = {0.25, 0.75})
          interface Logits {}

          @Linear(out = 3) Layer only();
        }
        """);

    private final List<String> options;
    private final String text;

    Declaration(List<String> options, String text) {
      this.options = options;
      this.text = text;
    }

    /** A layer for each activation, some of few values and some of more than a panel holds. */
    private static String activations() {
      StringBuilder text = new StringBuilder("@Network(input = 8, loss = Loss.HUBER)\n");
      text.append("@LossOptions(delta = 0.5)\ninterface Activations {\n");
      int layer = 0;
      for (dev.gradpoet.Activation activation : dev.gradpoet.Activation.values()) {
        text.append("  @Linear(out = %d, activation = Activation.%s) Layer l%d();\n"
            .formatted(layer % 3 == 0 ? 4 : 16 + layer, activation, layer++));
      }
      return text.append("}\n").toString();
    }

    JavaFileObject file() {
      return JavaFileObjects.forSourceString("golden." + name(), """
          package golden;
          import dev.gradpoet.*;
          import dev.gradpoet.runtime.Layer;
          """ + text);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isTheSameByteForByte(Declaration declaration) throws IOException {
    Compilation compilation = javac()
        .withOptions(declaration.options)
        .withProcessors(new NetworkProcessor())
        .compile(declaration.file());
    assertThat(compilation.errors()).isEmpty();
    assertThat(compilation.generatedSourceFiles()).isNotEmpty();
    for (JavaFileObject generated : compilation.generatedSourceFiles()) {
      String source = generated.getCharContent(false).toString();
      Path golden = GOLDENS.resolve(Path.of(generated.getName()).getFileName() + ".txt");
      if (System.getProperty("goldens.update") != null) {
        Files.writeString(golden, source);
      }
      assertThat(source).as(golden.toString()).isEqualTo(Files.readString(golden));
    }
  }
}
