package dev.gradpoet.processor.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.processor.testing.FileCompiler;
import dev.gradpoet.processor.testing.WritingProcessor;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another processor of the same compilation writes is waited for, and what nobody writes is an error, at the user's own line. */
class RoundsTest {

  private static final String HEADER =
      "package test;\nimport dev.gradpoet.*;\nimport dev.gradpoet.runtime.*;\n";

  /** What others write, round by round. */
  private static final String WRITTEN = """
      package test;
      public interface Written {
        int SIZE = 3;
        double NUMBER = 0.5;
        boolean YES = true;
        String NAME = "first";
        interface Titled { default String title() { return "title"; } }
        interface Scorer { dev.gradpoet.runtime.Tensor forward(dev.gradpoet.runtime.Tensor x); }
        @interface Marked {}
      }
      """;

  @TempDir
  private Path directory;

  /** Declarations that name a class which another processor writes, in every place where one can. */
  private static List<String> declarations() {
    return List.of(
        "@Network(input = Written.SIZE) interface Case { @Linear(out = 1) Layer out(); }",
        "@Network(input = 2) interface Case { @Linear(out = Written.SIZE) Layer out(); }",
        "@Network(input = 2) interface Case { @Linear(out = Written.SIZE * 2 + 1) Layer out(); }",
        "@Network(layers = {Written.SIZE, 1}) interface Case {}",
        "@Network(layers = {2, Written.SIZE, 1}) interface Case {}",
        "@Network(input = 2) interface Case { @Linear(out = 1, bias = Written.YES) Layer out(); }",
        "@Network(input = 2) interface Case { @Linear(out = 4) Layer first(); @Linear(out = 1, from = Written.NAME) Layer out(); }",
        "@Network(input = 4) interface Case { @Linear(out = 4) Layer first(); @Linear(out = 4) Layer second();"
            + " @Add(from = {Written.NAME, \"second\"}) Layer out(); }",
        "@Network(input = 4) interface Case { @Linear(out = 4) Layer first(); @Linear(out = 4) Layer second();"
            + " @Concat(from = {\"second\", Written.NAME}) Layer out(); }",
        "@Network(input = 2) interface Case { @Linear(out = 1, activation = Activation.LEAKY_RELU)"
            + " @ActivationOptions(negativeSlope = Written.NUMBER) Layer out(); }",
        "@ActivationOptions(negativeSlope = Written.NUMBER) @Network(layers = {2, 2, 1},"
            + " activation = Activation.LEAKY_RELU) interface Case {}",
        "@LossOptions(beta = Written.NUMBER) @Network(layers = {2, 1}, loss = Loss.SMOOTH_L1) interface Case {}",
        "@LossOptions(ignoreIndex = Written.SIZE) @Network(layers = {2, 4}, loss = Loss.CROSS_ENTROPY) interface Case {}",
        "@LossOptions(classWeights = {1, Written.NUMBER}) @Network(layers = {2, 2}, loss = Loss.CROSS_ENTROPY) interface Case {}",
        "@LossOptions(logTarget = Written.YES) @Network(layers = {2, 2}, outputActivation = Activation.LOG_SOFTMAX,"
            + " loss = Loss.KL_DIV) interface Case {}",
        "@Network(layers = {2, 1}) interface Case extends Written.Titled {}",
        "@Network(layers = {2, 1}) interface Case extends Middle {} interface Middle extends Written.Titled {}",
        "@Network(layers = {2, 1}) interface Case extends Written.Scorer {}",
        "@Network(input = 2) interface Case { @Written.Marked @Linear(out = 1) Layer out(); }",
        "@Network(input = 2) interface Case { @Linear(out = 1) Layer out(); default Written other(Written w) { return w; } }",
        "@Network(layers = {2, 1}) interface Case { CaseNetwork copy(); CaseNetwork.Predictor predictor(); }",
        "@Network(layers = {2, 1}) interface Case { default CaseNetwork fresh() { return new CaseNetwork(0); } }",
        "@Network(layers = {OtherNetwork.OUTPUTS, 1}) interface Case {} @Network(layers = {2, 1}) interface Other {}");
  }

  @Test
  void whatIsWrittenInTheFirstRoundIsWaitedFor() throws IOException {
    FileCompiler compiler =
        all(declarations()).with(new WritingProcessor(Map.of(1, Map.of("test.Written", WRITTEN))));

    assertThat(compiler.compile("-cp", FileCompiler.runtime())).isEmpty();
    assertAllGenerated(compiler);
  }

  @Test
  @Tag("exhaustive")
  void whatIsWrittenInTheSecondRoundIsWaitedFor() throws IOException {
    FileCompiler compiler = all(declarations())
        .with(new WritingProcessor(Map.of(
            1, Map.of("test.Before", "package test; class Before {}"),
            2, Map.of("test.Written", WRITTEN))));

    assertThat(compiler.compile("-cp", FileCompiler.runtime())).isEmpty();
    assertAllGenerated(compiler);
  }

  @Test
  void aDeclarationThatAnotherProcessorWritesIsOneLikeAnyOther() throws IOException {
    String declaration = HEADER + "@Network(layers = {Written.SIZE, 1}) interface Late {}";
    String wrong = HEADER + "@Network(layers = {0, 1}) interface Wrong {}";
    FileCompiler compiler = new FileCompiler(directory)
        .add("test/User.java", "package test; class User { LateNetwork net; WrongNetwork other; }")
        .with(new WritingProcessor(Map.of(
            2, Map.of("test.Late", declaration, "test.Wrong", wrong),
            1, Map.of("test.Before", "package test; class Before {}"),
            3, Map.of("test.Written", WRITTEN))));

    assertThat(compiler.compile("-cp", FileCompiler.runtime()))
        .containsExactly("Wrong.java:4 a width in layers is 0, expected at least 1 [GP007]");
    assertThat(compiler.written()).contains("test/LateNetwork.java", "test/WrongNetwork.java");
  }

  private static void assertAllGenerated(FileCompiler compiler) throws IOException {
    List<String> written = compiler.written();
    for (int i = 0; i < declarations().size(); i++) {
      assertThat(written).contains("test/Case" + i + "Network.class", "test/User" + i + ".class");
    }
  }

  @Test
  void whatNobodyWritesIsAnErrorAtTheUsersLineAndNothingElse() throws IOException {
    List<String> needy =
        declarations().stream().filter(each -> each.contains("Written")).toList();
    FileCompiler compiler = new FileCompiler(directory);
    for (int i = 0; i < needy.size(); i++) {
      compiler.add("test/Case" + i + ".java", HEADER + numbered(needy.get(i), i));
    }
    List<String> said = compiler.compile("-cp", FileCompiler.runtime());

    assertThat(said)
        .allMatch(line -> line.contains(".java:4 cannot find symbol")
            || line.contains(".java:4 package Written does not exist"));
    for (int i = 0; i < needy.size(); i++) {
      String file = "Case" + i + ".java";
      assertThat(said).as(needy.get(i)).anyMatch(line -> line.startsWith(file));
    }
  }

  /** All declarations in files of their own, each with a user of the generated class. */
  private FileCompiler all(List<String> declarations) throws IOException {
    FileCompiler compiler = new FileCompiler(directory);
    for (int i = 0; i < declarations.size(); i++) {
      compiler
          .add("test/Case" + i + ".java", HEADER + numbered(declarations.get(i), i))
          .add(
              "test/User" + i + ".java",
              numbered("package test;\nclass User { CaseNetwork net = new CaseNetwork(1); }\n", i));
    }
    return compiler;
  }

  private static String numbered(String declaration, int i) {
    return declaration.replaceAll("(Case|Middle|Other|User)(?=\\b|Network)", "$1" + i);
  }

  @Test
  void theForgottenImportOfTheTypeOfLayersIsLeftToJavac() throws IOException {
    assertThat(compileWithImports("Network", "Linear"))
        .hasSize(1)
        .allMatch(line -> line.startsWith("Case.java:2 cannot find symbol"));
  }

  /** JDK 17 does not show processors an annotation that it does not know, so there is a word of ours, too; it speaks of the import. */
  @Test
  void theForgottenImportOfAnAnnotationIsNamed() throws IOException {
    List<String> said = compileWithImports("Network", "runtime.Layer");

    assertThat(said.get(0)).startsWith("Case.java:2 cannot find symbol");
    assertThat(said.subList(1, said.size()))
        .hasSizeLessThanOrEqualTo(1)
        .allMatch(line -> line.contains("(and import it)"));
  }

  private List<String> compileWithImports(String... imported) throws IOException {
    String imports = Stream.of(imported)
        .map(name -> "import dev.gradpoet." + name + "; ")
        .collect(Collectors.joining());
    return new FileCompiler(directory)
        .add(
            "test/Case.java",
            "package test; " + imports
                + "\n@Network(input = 2) interface Case { @Linear(out = 1) Layer out(); }")
        .compile("-cp", FileCompiler.runtime());
  }

  @Test
  void aMissingClassFileAboveTheDeclarationIsAnError() throws IOException {
    assertThat(compileWithout("Top", "interface Middle extends Top {}"))
        .containsExactly("Case.java:4 cannot access test.Top\n  class file for test.Top not found");
  }

  @Test
  void aMissingClassFileThatAnInheritedMethodNamesIsAnError() throws IOException {
    assertThat(compileWithout("Top", "interface Middle { Top top(int n); }"))
        .containsExactly(
            "Case.java:4 the inherited method Middle.top(int) uses a type that was not found, expected all"
                + " types of inherited methods on the class path: add the libraries that this interface was compiled with [GP041]");
  }

  private List<String> compileWithout(String missing, String middle) throws IOException {
    new FileCompiler(Files.createDirectory(directory.resolve("library")))
        .add("test/Middle.java", "package test;\npublic " + middle)
        .add("test/" + missing + ".java", "package test;\npublic interface " + missing + " {}\n")
        .compile();
    Path library = directory.resolve("library/out");
    Files.delete(library.resolve("test/" + missing + ".class"));
    return new FileCompiler(directory)
        .add(
            "test/Case.java", HEADER + "@Network(layers = {2, 1}) interface Case extends Middle {}")
        .compile("-cp", FileCompiler.runtime() + File.pathSeparator + library);
  }
}
