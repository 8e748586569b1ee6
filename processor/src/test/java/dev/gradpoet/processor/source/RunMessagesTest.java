package dev.gradpoet.processor.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.processor.testing.FileCompiler;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program of two networks says of vectors, each kind of thing once, and that nothing fails where it cannot be said. */
class RunMessagesTest {

  private static final String VECTOR = "jdk.incubator.vector";
  private static final String PLAIN =
      "ANetwork uses its plain kernels, not the faster vector kernels: ";
  private static final String SILENCE =
      " (to suppress this message, start java with -Dgradpoet.simd=off)";

  @TempDir
  private Path directory;

  private FileCompiler compiler;

  @Test
  void withoutVectorKernelsItSaysHowToGetThem() throws Exception {
    compile("-Agradpoet.simd=off");
    String expected = PLAIN
        + "it was compiled without them; to get them, start javac and java with --add-modules "
        + VECTOR + SILENCE;

    assertThat(run()).containsExactly(expected);
    assertThat(run("--add-modules", VECTOR)).containsExactly(expected);
    assertThat(run("--limit-modules", "java.base")).hasSize(1);
    assertThat(run("-Dgradpoet.simd=off")).isEmpty();
  }

  @Test
  void withThemItSaysWhyTheyDoNotRun() throws Exception {
    compile("-Agradpoet.simd=required", "--add-modules", VECTOR);

    String option = PLAIN + "they need the java option --add-modules " + VECTOR + SILENCE;
    assertThat(run()).containsExactly(option);
    assertThat(run("--limit-modules", "java.base")).containsExactly(option);
    assertThat(run("-Xint", "--add-modules", VECTOR))
        .hasSize(1)
        .allMatch(line -> line.startsWith(PLAIN + "this virtual machine (")
            && line.endsWith(") does not compile the Vector API to vector instructions" + SILENCE));
    assertThat(run("-Dgradpoet.simd=force", "--add-modules", VECTOR)).isEmpty();
    assertThat(run("-Dgradpoet.simd=off", "--add-modules", VECTOR)).isEmpty();
    // nothing of the vector kernels; why not, on a machine where they do not pay
    assertThat(run("--add-modules", VECTOR))
        .hasSizeLessThan(2)
        .allMatch(line -> line.startsWith(PLAIN + "this "));
  }

  @Test
  void aLoggerThatFailsDoesNotFailTheProgram() throws Exception {
    compile("-Agradpoet.simd=off");
    Path services = Path.of(compiler.output(), "META-INF", "services");
    Files.createDirectories(services);
    Files.writeString(services.resolve("java.lang.System$LoggerFinder"), "test.Failing\n");

    assertThat(run()).isEmpty();
  }

  /** The logger waits until the prediction is made: a program that waited for the logger first would say nothing. */
  @Test
  void aPredictionDoesNotWaitForTheLogger() throws Exception {
    compile("-Agradpoet.simd=off");
    Path services = Path.of(compiler.output(), "META-INF", "services");
    Files.createDirectories(services);
    Files.writeString(services.resolve("java.lang.System$LoggerFinder"), "test.Waiting\n");

    assertThat(run())
        .containsExactly("ANetwork was predicted before it was logged: its plain kernels");
  }

  private void compile(String... options) throws Exception {
    compiler = new FileCompiler(directory)
        .add("test/A.java", "package test;\n@dev.gradpoet.Network(layers = {2, 1}) interface A {}")
        .add("test/B.java", "package test;\n@dev.gradpoet.Network(layers = {2, 1}) interface B {}")
        .add("test/Failing.java", """
            package test;
            public class Failing extends System.LoggerFinder {
              public System.Logger getLogger(String name, Module module) {
                throw new IllegalStateException("no logger");
              }
            }
            """)
        .add("test/Waiting.java", """
            package test;
            public class Waiting extends System.LoggerFinder {
              public System.Logger getLogger(String name, Module module) {
                try {
                  if (Main.PREDICTED.await(20, java.util.concurrent.TimeUnit.SECONDS)) {
                    System.out.println("ANetwork was predicted before it was logged: its plain kernels");
                  }
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                throw new IllegalStateException("no logger");
              }
            }
            """)
        .add("test/Main.java", """
            package test;
            class Main {
              static final java.util.concurrent.CountDownLatch PREDICTED = new java.util.concurrent.CountDownLatch(1);
              public static void main(String[] args) {
                boolean equal = new ANetwork(1).forward(new float[2])[0] == new BNetwork(1).forward(new float[2])[0];
                PREDICTED.countDown();
                new ANetwork(2);
                System.out.println("equal: " + equal);
              }
            }
            """);
    List<String> all = new ArrayList<>(List.of("-cp", FileCompiler.runtime()));
    all.addAll(List.of(options));
    compiler.compile(all.toArray(String[]::new));
  }

  /** The messages of a run, which must end well. */
  private List<String> run(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("-cp", FileCompiler.runtime() + File.pathSeparator + compiler.output()));
    all.add("test.Main");
    List<String> lines = FileCompiler.java(all.toArray(String[]::new)).lines().toList();
    assertThat(lines).contains("equal: true").noneMatch(line -> line.contains("Exception"));
    return lines.stream()
        .filter(line -> line.contains("kernels"))
        .map(line -> line.substring(line.indexOf("ANetwork")))
        .toList();
  }
}
