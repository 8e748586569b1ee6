package dev.gradpoet.processor.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.processor.testing.FileCompiler;
import dev.gradpoet.runtime.Model;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
