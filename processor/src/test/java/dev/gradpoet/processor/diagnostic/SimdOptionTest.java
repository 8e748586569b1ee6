package dev.gradpoet.processor.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.processor.testing.FileCompiler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The option {@code -Agradpoet.simd} and what a compilation can read decide whether there are vector kernels. */
class SimdOptionTest {

  private static final String VECTORS = "test/GoodNetwork$SimdKernels.class";
  private static final String INCUBATING = "using incubating module(s): jdk.incubator.vector";

  @TempDir
  private Path directory;

  @Test
  void vectorKernelsAreGeneratedIfTheirModuleIsReadable() throws IOException {
    FileCompiler compiler = declaration();

    assertThat(compiler.compile("-cp", FileCompiler.runtime(), "-Xlint:all")).isEmpty();
    assertThat(compiler.written()).contains("test/GoodNetwork.class").doesNotContain(VECTORS);
    assertThat(compiler.compile(
            "-cp", FileCompiler.runtime(), "-Xlint:all", "--add-modules", "jdk.incubator.vector"))
        .isNotEmpty()
        .containsOnly(INCUBATING); // once per round
    assertThat(compiler.written()).contains(VECTORS);
  }

  /** The releases to compile for. For its own release, javac of JDK 25 reads incubating modules without an option. */
  static List<String> releases() {
    List<String> releases = new ArrayList<>(List.of(""));
    for (int release : new int[] {17, 21, 25}) {
      if (release <= Runtime.version().feature()) {
        releases.add(String.valueOf(release));
      }
    }
    return releases;
  }

  @ParameterizedTest
  @MethodSource("releases")
  void theNoteForAllDeclarationsMatchesTheGeneratedCode(String release) throws IOException {
    List<String> options = new ArrayList<>(List.of("-cp", FileCompiler.runtime()));
    if (!release.isEmpty()) {
      options.addAll(List.of("--release", release));
    }
    FileCompiler plain = two(directory.resolve("plain"));
    assertThat(plain.notes(options.toArray(String[]::new)))
        .containsExactly("Good.java:3 "
            + (plain.written().contains(VECTORS)
                ? FileCompiler.WITH_VECTORS
                : FileCompiler.WITHOUT_VECTORS));
    if (!release.equals(String.valueOf(Runtime.version().feature()))) {
      assertThat(plain.written()).doesNotContain(VECTORS);
    }

    options.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    FileCompiler vectors = two(directory.resolve("vectors"));
    assertThat(vectors.notes(options.toArray(String[]::new)))
        .containsExactly("Good.java:3 " + FileCompiler.WITH_VECTORS);
    assertThat(vectors.written()).contains(VECTORS);
  }

  @Test
  void theOptionSuppressesTheNote() throws IOException {
    FileCompiler compiler = two(directory);
    String classPath = FileCompiler.runtime();

    assertThat(compiler.notes("-cp", classPath, "-Agradpoet.simd=off")).isEmpty();
    assertThat(compiler.notes(
            "-cp", classPath, "-Agradpoet.simd=required", "--add-modules", "jdk.incubator.vector"))
        .isEmpty();
  }

  @Test
  void theNoteForAModuleMentionsItsDescriptor() throws IOException {
    FileCompiler compiler =
        declaration().add("module-info.java", "module user { requires dev.gradpoet.runtime; }\n");

    assertThat(compiler.notes("--module-path", FileCompiler.runtime()))
        .containsExactly(
            "Good.java:3 networks are compiled without the faster vector kernels, because the module jdk.incubator.vector"
                + " is not readable here: add \"requires jdk.incubator.vector;\" to module-info.java"
                + " (to suppress this note, -Agradpoet.simd=off) [GP045]");
  }

  @Test
  void offGeneratesNone() throws IOException {
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
  void requiredReportsTheMissingModule() throws IOException {
    FileCompiler compiler = declaration();

    assertThat(compiler.compile("-cp", FileCompiler.runtime(), "-Agradpoet.simd=required"))
        .containsExactly(
            "Good.java:3 vector kernels are required, but the module jdk.incubator.vector is not readable here:"
                + " add --add-modules jdk.incubator.vector to the options of javac and of java [GP037]");
    assertThat(compiler.written()).containsExactly("test/GoodNetwork.java"); // a stub
  }

  @Test
  void aModuleThatDoesNotReadTheVectorModuleGetsNone() throws IOException {
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
  void anUnknownValueIsReported() throws IOException {
    assertThat(declaration().compile("-cp", FileCompiler.runtime(), "-Agradpoet.simd=on"))
        .containsExactly(
            "Good.java:3 the option -Agradpoet.simd is \"on\", expected auto, off or required: correct it, or leave it out for auto [GP036]");
  }

  private static FileCompiler two(Path directory) throws IOException {
    String text = "package test;\n@dev.gradpoet.Network(layers = {2, 1})\ninterface ";
    return new FileCompiler(directory)
        .add("test/Good.java", text + "Good {}\n")
        .add("test/Other.java", text + "Other {}\n");
  }

  private FileCompiler declaration() throws IOException {
    return new FileCompiler(directory)
        .add(
            "test/Good.java",
            "package test;\n@dev.gradpoet.Network(layers = {2, 1})\ninterface Good {}\n");
  }
}
