package dev.gradpoet.processor.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.processor.testing.FileCompiler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The option {@code -Agradpoet.simd} and what a compilation can read decide whether there are vector kernels. */
class SimdOptionTest {

  private static final String VECTORS = "test/GoodNetwork$SimdKernels.class";
  private static final String INCUBATING = "using incubating module(s): jdk.incubator.vector";

  @TempDir
  private Path directory;

  @Test
  void vectorKernelsAreWrittenWhereTheirModuleIsReadable() throws IOException {
    FileCompiler compiler = declaration();

    assertThat(compiler.compile("-cp", FileCompiler.runtime(), "-Xlint:all")).isEmpty();
    assertThat(compiler.written()).contains("test/GoodNetwork.class").doesNotContain(VECTORS);
    assertThat(compiler.compile(
            "-cp", FileCompiler.runtime(), "-Xlint:all", "--add-modules", "jdk.incubator.vector"))
        .isNotEmpty()
        .containsOnly(INCUBATING); // once for each round of processors
    assertThat(compiler.written()).contains(VECTORS);
  }

  @Test
  void offWritesNone() throws IOException {
    FileCompiler compiler = declaration();

    compiler.compile(
        "-cp",
        FileCompiler.runtime(),
        "-Agradpoet.simd=off",
        "--add-modules",
        "jdk.incubator.vector");
    assertThat(compiler.written()).contains("test/GoodNetwork.class").doesNotContain(VECTORS);
  }

  @Test
  void requiredSaysWhatIsMissing() throws IOException {
    FileCompiler compiler = declaration();

    assertThat(compiler.compile("-cp", FileCompiler.runtime(), "-Agradpoet.simd=required"))
        .containsExactly(
            "Good.java:3 vector kernels are required, but the module jdk.incubator.vector is not readable here:"
                + " add --add-modules jdk.incubator.vector to the options of javac, and of java [GP037]");
    assertThat(compiler.written()).containsExactly("test/GoodNetwork.java"); // which stands for it
  }

  @Test
  void aModuleThatDoesNotReadTheVectorsGetsNone() throws IOException {
    FileCompiler compiler =
        declaration().add("module-info.java", "module user { requires dev.gradpoet.runtime; }\n");
    List<String> said = compiler.compile(
        "--module-path",
        FileCompiler.runtime(),
        "-Agradpoet.simd=required",
        "--add-modules",
        "jdk.incubator.vector");

    assertThat(said)
        .contains(
            "Good.java:3 vector kernels are required, but the module jdk.incubator.vector is not readable here:"
                + " add \"requires jdk.incubator.vector;\" to module-info.java [GP037]");
  }

  @Test
  void anotherValueIsNamed() throws IOException {
    assertThat(declaration().compile("-cp", FileCompiler.runtime(), "-Agradpoet.simd=on"))
        .containsExactly(
            "Good.java:3 the option -Agradpoet.simd is \"on\", expected auto, off or required: correct it, or leave it out for auto [GP036]");
  }

  private FileCompiler declaration() throws IOException {
    return new FileCompiler(directory)
        .add(
            "test/Good.java",
            "package test;\n@dev.gradpoet.Network(layers = {2, 1})\ninterface Good {}\n");
  }
}
