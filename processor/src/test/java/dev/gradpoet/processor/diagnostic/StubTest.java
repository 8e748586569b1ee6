package dev.gradpoet.processor.diagnostic;

import static dev.gradpoet.processor.testing.SourceCompiler.javac;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.gradpoet.processor.NetworkProcessor;
import dev.gradpoet.processor.testing.FileCompiler;
import dev.gradpoet.processor.testing.Sample;
import dev.gradpoet.processor.testing.WritingProcessor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A declaration with errors causes no further errors in other code: its class exists, with all members that others may use. The compilations continue
 * after errors, as with Error Prone and in IDEs, so that the bodies of methods are checked too.
 */
class StubTest {

  /** Mistakes for which a stub is not possible. */
  private static final Set<String> NO_CLASS =
      Set.of("GP001", "GP002", "GP003", "GP021", "GP039", "GP042");

  /** Mistakes for which the stub does not implement the interface, because no class can. */
  private static final Set<String> CLASHES = Set.of("GP016", "GP038", "GP040");

  /** javac's own message about an interface that inherits two methods, if it continues. */
  private static final String OF_JAVAC =
      "(?s)Case\\.java (types .* are incompatible;|name clash: ).*";

  private static final String USER = """
      package test;
      import dev.gradpoet.runtime.*;
      class User {
        private final CaseNetwork net = new CaseNetwork(new Generator());
        private final CaseNetwork.Trainer trainer = net.trainer(Sgd.of(0.1), CaseNetwork.INPUTS);
        CaseNetwork.Predictor predictor() { return net.predictor(); }
        static Model model() { return new CaseNetwork(CaseNetwork.OUTPUTS + CaseNetwork.PARAMETERS); }
        Tensor use(java.nio.file.Path path, Tensor x) throws java.io.IOException {
          net.save(path);
          trainer.forward(x);
          trainer.zeroGrad();
          net.copy().load(path);
          Tensor y = net.predictor().forward(x);
          return net.layer(0).weight() == null ? y : net.parameters().get(net.summary());
        }
      }
      """;

  @TempDir
  private Path directory;

  private static List<DiagnosticCase> wrong() {
    return DiagnosticsTest.cases().stream()
        .filter(each -> each.source().contains("interface Case"))
        .filter(each -> each.expected().stream()
            .anyMatch(line -> !NO_CLASS.contains(code(line)) && code(line).startsWith("GP0")))
        .toList();
  }

  private static String code(String line) {
    return line.split(" ")[1];
  }

  @Test
  void codeThatUsesSomeNetworksHasNoErrors() {
    requireNoErrorsButOurs(Sample.oneIn(5, wrong()));
  }

  @Test
  @Tag("exhaustive")
  void codeThatUsesTheNetworkHasNoErrors() {
    List<DiagnosticCase> cases = wrong();
    assertThat(cases).hasSizeGreaterThan(35);
    requireNoErrorsButOurs(cases);
  }

  /** The wrong declarations of the diagnostics tests, each in a separate package with code that uses its class. */
  private static void requireNoErrorsButOurs(List<DiagnosticCase> cases) {
    List<JavaFileObject> files = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      DiagnosticCase wrong = cases.get(i);
      boolean implemented =
          wrong.expected().stream().noneMatch(line -> CLASHES.contains(code(line)));
      files.add(file("case" + i + ".Case", wrong.source()));
      // with several inputs there is no INPUTS
      boolean several = wrong.source().contains("@Input(");
      files.add(
          file("case" + i + ".User", several ? USER.replace("CaseNetwork.INPUTS", "8") : USER));
      files.add(file(
          "case" + i + ".Caller",
          "package test; class Caller { " + (implemented ? "Case" : "Object")
              + " net = new CaseNetwork(1); }"));
    }
    Map<String, List<String>> said = new HashMap<>();
    Compilation compilation = javac()
        .withOptions("--should-stop=ifError=FLOW", "-Xmaxerrs", "9999", "-Agradpoet.simd=off")
        .withProcessors(new NetworkProcessor())
        .compile(files);
    for (Diagnostic<? extends JavaFileObject> each : compilation.diagnostics()) {
      Path file = Path.of(each.getSource().toUri().getPath());
      said.computeIfAbsent(file.getParent().getFileName().toString(), key -> new ArrayList<>())
          .add(file.getFileName() + " " + each.getMessage(Locale.ROOT));
    }

    for (int i = 0; i < cases.size(); i++) {
      assertThat(said.get("case" + i).stream().filter(line -> !line.matches(OF_JAVAC)))
          .as("%s", cases.get(i))
          .hasSameSizeAs(cases.get(i).expected())
          .allMatch(line -> line.startsWith("Case.java ") && line.matches("(?s).*\\[GP\\d+]"));
    }
  }

  private static JavaFileObject file(String name, String source) {
    String packageName = name.substring(0, name.indexOf('.'));
    return JavaFileObjects.forSourceString(
        name, source.replace("package test;", "package " + packageName + ";"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GP007 -1", "GP007 0", "GP008 2147483647"})
  void stubsHaveLayersAndLosses(String wrong) throws IOException {
    String code = wrong.split(" ")[0];
    List<String> said = new FileCompiler(directory)
        .add("test/Digits.java", """
            package test;
            import dev.gradpoet.*;
            import dev.gradpoet.runtime.Layer;
            @Network(input = 64, loss = Loss.CROSS_ENTROPY, dtype = DType.FLOAT64)
            public interface Digits {
              @Linear(out = %s) Layer hidden();
              @Add(from = {"hidden", "hiden"}) Layer sum();
              @Linear(out = 10) Layer logits();
              default int width() { return hidden().weight().shape()[1]; }
            }
            """.formatted(wrong.split(" ")[1]))
        .add("test/User.java", """
            package test;
            import dev.gradpoet.runtime.*;
            class User {
              double use(DigitsNetwork net, double[] x, int[] labels) {
                Digits digits = net;
                Layer layer = net.hidden() == digits.sum() ? net.logits() : net.sum();
                DigitsNetwork.Trainer trainer = net.trainer(Adam.of(0.1), 8);
                double[] y = net.forward(x);
                return trainer.step(x, labels) + trainer.evaluate(x, net.width(), labels) + y[0]
                    + net.predictor().predictClass(x) + layer.weight().get(0, DigitsNetwork.OUTPUTS);
              }
            }
            """)
        .compile("-cp", FileCompiler.runtime(), "--should-stop=ifError=FLOW");

    assertThat(said).hasSize(2).allMatch(line -> line.startsWith("Digits.java:"));
    assertThat(said).anyMatch(line -> line.endsWith("[" + code + "]"));
    assertThat(said).anyMatch(line -> line.endsWith("did you mean \"hidden\"? [GP009]"));
  }

  @Test
  void stubsHaveTheInputsOfTheDeclaration() throws IOException {
    List<String> said = new FileCompiler(directory)
        .add("test/Click.java", """
            package test;
            import dev.gradpoet.*;
            import dev.gradpoet.runtime.Layer;
            @Network(loss = Loss.BCE_WITH_LOGITS)
            public interface Click {
              @Input(0) Layer numbers();
              @Input(value = 2, classes = 10) Layer categories();
              @Normalization(from = "numbers") Layer scaled();
              @Linear(out = 1, from = "categories") Layer click();
            }
            """)
        .add("test/Text.java", """
            package test;
            import dev.gradpoet.*;
            import dev.gradpoet.runtime.Layer;
            @Network(loss = Loss.CROSS_ENTROPY, dtype = DType.FLOAT64)
            public interface Text {
              @Input(value = 3, classes = 10) Layer tokens();
              @Linear(out = 8) Layer hidden();
              @Linear(out = 4) Layer logits();
            }
            """)
        .add("test/User.java", """
            package test;
            import dev.gradpoet.runtime.*;
            class User {
              float use(ClickNetwork net, float[] numbers, int[] categories, float[] y) {
                ClickNetwork.Trainer trainer = net.trainer(Adam.of(0.1), 8);
                net.predictor().forward(numbers, categories, 1, y);
                net.fitNormalization(numbers, categories, 1);
                return trainer.step(numbers, categories, y)
                    + trainer.evaluate(numbers, categories, 1, y)
                    + net.forward(numbers, categories)[0]
                    + net.predictor().predictClass(numbers, categories)
                    + ClickNetwork.NUMBERS_INPUTS + ClickNetwork.CATEGORIES_INPUTS
                    + net.numbers().shape()[0];
              }
              double use(TextNetwork net, int[] tokens, int[] y) {
                return net.trainer(Adam.of(0.1), TextNetwork.INPUTS).step(tokens, y)
                    + net.probabilities(tokens)[0] + net.predictClasses(tokens)[0];
              }
            }
            """)
        .compile("-cp", FileCompiler.runtime(), "--should-stop=ifError=FLOW");

    assertThat(said).hasSize(3);
    assertThat(said).anyMatch(line -> line.endsWith("numbers is 0, expected at least 1 [GP007]"));
    assertThat(said).anyMatch(line -> line.startsWith("Text.java:") && line.endsWith("[GP050]"));
  }

  @Test
  void typesGeneratedInLaterRoundsAreAvailable() throws IOException {
    List<String> said = new FileCompiler(directory)
        .add(
            "test/Case.java",
            "package test;\nimport dev.gradpoet.*;\n@Network(layers = {2, 0}) interface Case {}\n")
        .add("test/User.java", "package test; class User { Third third; CaseNetwork net; }")
        .with(new WritingProcessor(Map.of(
            1, Map.of("test.First", "package test; class First {}"),
            2, Map.of("test.Second", "package test; class Second {}"),
            3, Map.of("test.Third", "package test; class Third { CaseNetwork net; }"))))
        .compile("-cp", FileCompiler.runtime());

    assertThat(said)
        .containsExactly("Case.java:3 a width in layers is 0, expected at least 1 [GP007]");
  }

  @Test
  void aStubExplainsWhyItThrows() throws IOException {
    FileCompiler compiler = new FileCompiler(directory)
        .add(
            "test/Case.java",
            "package test;\nimport dev.gradpoet.*;\n@Network(layers = {2, 0}) interface Case {}\n");
    compiler.compile("-cp", FileCompiler.runtime());

    assertThat(compiler.source("test/CaseNetwork.java"))
        .contains(
            "throw new IllegalStateException(\"the declaration of Case has errors, which the compiler reports\")")
        .doesNotContain("Kernels")
        .hasSizeLessThan(9000);
  }
}
