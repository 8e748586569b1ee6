package dev.gradpoet.processor.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.processor.testing.FileCompiler;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar that is published, on javac's command line as a user gives it: alone on the processor path. Runs in the phase verify. */
class ProcessorJarTest {

  private static final String JAR = System.getProperty("gradpoet.jar");

  /** From which JDK on javac leaves processors on the class path alone. */
  private static final int NO_LONGER_ON_CLASS_PATH = 23;

  private static final String PRINTED = "[10]";

  @TempDir
  private Path directory;

  @Test
  void runsAloneOnTheProcessorPath() throws Exception {
    FileCompiler compiler = program();

    assertThat(compiler.command(
            "-Xlint:all", "-Werror", "-cp", FileCompiler.runtime(), "-processorpath", JAR))
        .isEmpty();
    assertThat(FileCompiler.java("-Dgradpoet.simd=off", "-cp", classPath(compiler), "app.Main"))
        .isEqualTo(PRINTED);
  }

  @Tag("exhaustive")
  @Test
  void writesTheSameSourceAsTheClassesItWasMadeOf() throws Exception {
    FileCompiler compiler = program();
    compiler.command("-cp", FileCompiler.runtime(), "-processorpath", JAR);
    String ofJar = compiler.text("app/DigitsNetwork.java");
    compiler.compile("-cp", FileCompiler.runtime());

    assertThat(ofJar).isEqualTo(compiler.text("app/DigitsNetwork.java"));
  }

  @Test
  @Tag("exhaustive")
  void runsOnTheProcessorModulePath() throws Exception {
    FileCompiler compiler = program();

    assertThat(compiler.command(
            "-Xlint:all", "-cp", FileCompiler.runtime(), "--processor-module-path", JAR))
        .isEmpty();
    assertThat(FileCompiler.java("-Dgradpoet.simd=off", "-cp", classPath(compiler), "app.Main"))
        .isEqualTo(PRINTED);
  }

  @Test
  void runsOnTheProcessorModulePathOfAModule() throws Exception {
    FileCompiler compiler =
        program().add("module-info.java", "module app { requires dev.gradpoet.runtime; }\n");

    assertThat(compiler.command(
            "-Xlint:all",
            "-Werror",
            "--module-path",
            FileCompiler.runtime(),
            "--processor-module-path",
            JAR + File.pathSeparator + FileCompiler.annotations()))
        .isEmpty();
    assertThat(FileCompiler.java(
            "-Dgradpoet.simd=off", "-p", classPath(compiler), "-m", "app/app.Main"))
        .isEqualTo(PRINTED);
  }

  @Test
  @Tag("exhaustive")
  void onTheClassPathItRunsByItselfBeforeJdk23AndByProcFullAfter() throws Exception {
    FileCompiler compiler = program();
    String classPath = FileCompiler.runtime() + File.pathSeparator + JAR;

    List<String> said = compiler.command("-cp", classPath);
    if (Runtime.version().feature() < NO_LONGER_ON_CLASS_PATH) {
      assertThat(said).isEmpty();
    } else {
      assertThat(said).anyMatch(line -> line.contains("cannot find symbol"));
      assertThat(compiler.command("-proc:full", "-cp", classPath)).isEmpty();
    }
    assertThat(compiler.written()).contains("app/DigitsNetwork.class");
  }

  @Test
  void holdsNothingThatCouldMeetAnotherLibrary() throws IOException {
    try (JarFile jar = new JarFile(JAR)) {
      assertThat(jar.stream().map(JarEntry::getName))
          .contains(
              "META-INF/LICENSE",
              "META-INF/services/javax.annotation.processing.Processor",
              "META-INF/gradle/incremental.annotation.processors",
              "dev/gradpoet/Network.class",
              "dev/gradpoet/processor/javapoet/TypeSpec.class")
          .doesNotContain("module-info.class")
          .allMatch(name -> name.startsWith("dev/") || name.startsWith("META-INF/"));
      assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
          .isEqualTo("dev.gradpoet.processor");
    }
  }

  @Test
  void dependsOnNothing() throws IOException {
    String pom = Files.readString(Path.of(JAR).resolveSibling("dependency-reduced-pom.xml"));

    assertThat(pom)
        .doesNotContain("<artifactId>javapoet</artifactId>")
        .doesNotContain("<artifactId>gradpoet-annotations</artifactId>");
  }

  private FileCompiler program() throws IOException {
    return new FileCompiler(directory).add("app/Digits.java", """
            package app;

            import dev.gradpoet.Activation;
            import dev.gradpoet.Linear;
            import dev.gradpoet.Loss;
            import dev.gradpoet.Network;
            import dev.gradpoet.runtime.Layer;

            @Network(input = 64, loss = Loss.CROSS_ENTROPY)
            interface Digits {
              @Linear(out = 32, activation = Activation.RELU)
              Layer hidden();

              @Linear(out = 10)
              Layer logits();
            }
            """).add("app/Main.java", """
            package app;

            public class Main {
              private Main() {}

              public static void main(String[] args) {
                System.out.println("[" + new DigitsNetwork(42).forward(new float[64]).length + "]");
              }
            }
            """);
  }

  private static String classPath(FileCompiler compiler) {
    return FileCompiler.runtime() + File.pathSeparator + compiler.output();
  }
}
