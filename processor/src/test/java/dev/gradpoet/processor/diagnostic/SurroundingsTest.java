package dev.gradpoet.processor.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.processor.testing.FileCompiler;
import dev.gradpoet.runtime.Model;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes that lie around a declaration, and what the processor leaves behind. */
class SurroundingsTest {

  private static final String HEADER =
      "package test;\nimport dev.gradpoet.*;\nimport dev.gradpoet.runtime.Layer;\n";
  private static final String GOOD = HEADER + "@Network(layers = {2, 1})\ninterface Good {}\n";

  @TempDir
  private Path directory;

  @Test
  void aClassOfTheGeneratedNameIsNotOverwritten() throws IOException {
    FileCompiler compiler = new FileCompiler(directory)
        .add("test/Good.java", GOOD)
        .add("test/GoodNetwork.java", "package test;\nclass GoodNetwork {}\n");

    assertThat(compiler.compile("-cp", FileCompiler.runtime()))
        .containsExactly(
            "Good.java:5 the class GoodNetwork exists already, expected the name to be free:"
                + " rename the interface or that class [GP026]");
  }

  @Test
  void ourOwnEarlierOutputAmongTheSourcesIsRecognised() throws IOException {
    FileCompiler first = new FileCompiler(Files.createDirectory(directory.resolve("first")))
        .add("test/Good.java", GOOD);
    assertThat(first.compile("-cp", FileCompiler.runtime())).isEmpty();

    assertThat(new FileCompiler(Files.createDirectory(directory.resolve("second")))
            .add("test/Good.java", GOOD)
            .add("test/GoodNetwork.java", first.source("test/GoodNetwork.java"))
            .add(
                "test/User.java",
                "package test; class User { GoodNetwork net = new GoodNetwork(1); }")
            .compile("-cp", FileCompiler.runtime()))
        .containsExactly(
            "Good.java:5 GoodNetwork.java is Gradpoet's own earlier output and among the sources of this compilation,"
                + " expected to be written anew: delete it, and keep the directory of generated sources"
                + " out of the source path [GP026]");
  }

  @Test
  void twoDeclarationsWhoseClassesHaveOneNameAreAnError() throws IOException {
    assertThat(new FileCompiler(directory)
            .add("test/A.java", HEADER + "class A { @Network(layers = {2, 1}) interface B {} }")
            .add("test/A_B.java", HEADER + "@Network(layers = {2, 1}) interface A_B {}")
            .compile("-cp", FileCompiler.runtime()))
        .containsExactly(
            "A_B.java:4 the class A_BNetwork exists already, expected the name to be free:"
                + " rename the interface or that class [GP026]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "layers = {2, 1}, loss = Loss.CROSS_ENTROPY",
        "layers = {2, 1}, loss = Loss.BCE",
        "layers = {2, 2}, loss = Loss.CROSS_ENTROPY, outputActivation = Activation.SOFTMAX",
        "layers = {2, 2}, loss = Loss.NLL",
        "layers = {2, 1}, loss = Loss.BCE_WITH_LOGITS, outputActivation = Activation.SIGMOID"
      })
  void aLossThatDoesNotFitIsAWarningUnlessItIsSuppressed(String network) throws IOException {
    String declaration = HEADER + "@Network(" + network + ")\ninterface Good {}\n";
    FileCompiler plain = new FileCompiler(Files.createDirectory(directory.resolve("plain")))
        .add("test/Good.java", declaration);
    FileCompiler strict = new FileCompiler(Files.createDirectory(directory.resolve("strict")))
        .add("test/Good.java", declaration);
    FileCompiler suppressed = new FileCompiler(
            Files.createDirectory(directory.resolve("suppressed")))
        .add(
            "test/Outer.java",
            HEADER + "@SuppressWarnings(\"gradpoet\") class Outer { @Network(" + network
                + ") interface Good {} }\n");

    assertThat(plain.compile("-cp", FileCompiler.runtime()))
        .hasSize(1)
        .allMatch(line -> line.matches("(?s)Good\\.java:4 .*\\[GP10[1-5]]"));
    assertThat(plain.written()).contains("test/GoodNetwork.class");
    assertThat(strict.compile("-cp", FileCompiler.runtime(), "-Werror"))
        .hasSize(2)
        .anyMatch(line -> line.equals("warnings found and -Werror specified"));
    assertThat(strict.written()).doesNotContain("test/GoodNetwork.class");
    assertThat(suppressed.compile("-cp", FileCompiler.runtime(), "-Xlint:all", "-Werror"))
        .isEmpty();
    assertThat(suppressed.written()).contains("test/Outer_GoodNetwork.class");
  }

  @Test
  void aMissingRuntimeIsNamed() throws IOException {
    String source = "package test;\n@dev.gradpoet.Network(layers = {2, 1})\ninterface Good {}\n";

    assertThat(new FileCompiler(directory)
            .add("test/Good.java", source)
            .compile("-cp", FileCompiler.annotations()))
        .containsExactly(
            "Good.java:3 dev.gradpoet.runtime.Model is not to be found: add the dependency"
                + " dev.gradpoet:gradpoet-runtime (in a named module, also"
                + " \"requires dev.gradpoet.runtime\") [GP029]");
  }

  @Test
  void aClassThatTheProcessorPathLacksIsNamed() throws Exception {
    for (String missing : List.of(
        "NoClassDefFoundError: com/palantir/javapoet/", "NoClassDefFoundError: dev/gradpoet/")) {
      String path = missing.contains("palantir")
          ? FileCompiler.processor() + File.pathSeparator + FileCompiler.annotations()
          : FileCompiler.processor();
      Path empty = Files.createDirectory(directory.resolve("a" + missing.length()));

      assertThat(new FileCompiler(empty)
              .add("test/Good.java", GOOD)
              .add("test/Other.java", GOOD.replace("Good", "Other"))
              .command("-cp", FileCompiler.runtime(), "-processorpath", path))
          .hasSize(1)
          .allMatch(
              line -> line.matches(
                  "Good.java:5 the processor path lacks a class that Gradpoet needs \\(java.lang.NoClassDefFoundError: [a-zA-Z/]+\\):"
                      + " put the jar gradpoet-processor there as it is published, which holds all of them \\[GP043]"));
    }
  }

  @Test
  void anOlderJavaThanTheGeneratedCodeIsNamedOnce() throws IOException {
    for (String release : List.of("8", "11", "16")) {
      Path empty = Files.createDirectory(directory.resolve(release));

      assertThat(new FileCompiler(empty)
              .add("test/Good.java", GOOD)
              .add("test/Other.java", GOOD.replace("Good", "Other"))
              .compile("-cp", FileCompiler.runtime(), "--release", release, "-Xlint:-options"))
          .containsExactly(
              "Good.java:5 this compilation is for Java " + release
                  + ", expected 17 or newer, which the runtime and the generated code need: compile with --release 17 [GP044]");
    }
  }

  @Test
  void aBrokenDeclarationIsStoodForAndAGoodOneBesideItIsWritten() throws IOException {
    FileCompiler compiler = new FileCompiler(directory)
        .add("test/Good.java", GOOD)
        .add("test/Bad.java", HEADER + "@Network(layers = {2, 0})\ninterface Bad {}\n");

    assertThat(compiler.compile("-cp", FileCompiler.runtime()))
        .containsExactly("Bad.java:4 a width in layers is 0, expected at least 1 [GP007]");
    assertThat(compiler.written()).containsExactly("test/BadNetwork.java", "test/GoodNetwork.java");
  }

  @Test
  void aUsersOwnMistakeIsLeftToJavac() throws IOException {
    FileCompiler compiler = new FileCompiler(directory).add("test/Odd.java", HEADER + """
                @Network(layers = {2, "three"}, loss = Loss.NO_SUCH)
                interface Odd extends Missing {
                  @Linear Absent a();
                }
                """);

    List<String> said = compiler.compile("-cp", FileCompiler.runtime());
    assertThat(said).anyMatch(line -> line.contains("Missing"));
    assertThat(said).noneMatch(line -> line.contains("GP0") || line.contains("Exception"));
  }

  @Test
  void anInterfaceThatAnotherProcessorStillWritesIsWaitedFor() throws IOException {
    // Nobody writes it here: javac says so, we do not.
    FileCompiler compiler = new FileCompiler(directory)
        .add(
            "test/Waiting.java",
            HEADER + "@Network(layers = {2, 1})\ninterface Waiting extends Written {}\n");

    assertThat(compiler.compile("-cp", FileCompiler.runtime()))
        .hasSize(1)
        .allMatch(line -> line.startsWith("Waiting.java:5 cannot find symbol"));
  }

  @Test
  void everyMethodOfModelAndObjectIsAReservedName() throws IOException {
    List<String> names = Stream.of(Model.class, Object.class)
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> method.getParameterCount() == 0 && !method.isSynthetic())
        .map(Method::getName)
        .filter(name -> !name.contains("$") && !name.equals("wait0"))
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .toList();
    assertThat(names)
        .contains("parameters", "copy", "summary", "predictor", "hashCode", "toString", "getClass");
    String methods = names.stream()
        .map(name -> "  @Linear(out = 2) Layer " + name + "();\n")
        .collect(Collectors.joining());
    List<String> said = new FileCompiler(directory)
        .add(
            "test/Reserved.java",
            HEADER + "@Network(input = 2)\ninterface Reserved {\n" + methods + "}\n")
        .compile("-cp", FileCompiler.runtime());

    for (int i = 0; i < names.size(); i++) {
      assertThat(said)
          .contains("Reserved.java:" + (6 + i) + " the name " + names.get(i)
              + " is reserved: the generated class has a method " + names.get(i)
              + "(), expected another: rename the layer [GP016]");
    }
  }
}
