package dev.gradpoet.processor.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.Network;
import dev.gradpoet.processor.NetworkProcessor;
import dev.gradpoet.runtime.Model;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users who declare a module need one {@code requires}, and see no warning either. */
class ModularUserTest {

  @TempDir
  private Path directory;

  @Test
  void aNamedModuleThatRequiresTheRuntimeAloneCompiles() throws Exception {
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    boolean compiled = compile(
        said,
        List.of(
            write("module-info.java", "module user { requires dev.gradpoet.runtime; }\n"),
            write("test/Digits.java", Declarations.DIGITS),
            write("test/Main.java", """
                package test;

                class Main {
                  public static void main(String[] args) {
                    dev.gradpoet.runtime.Tensor w = new DigitsNetwork(1).hidden().weight();
                    System.out.println(w);
                  }
                }
                """)));

    assertThat(said.getDiagnostics()).isEmpty();
    assertThat(compiled).isTrue();
    assertThat(directory.resolve("out/test/DigitsNetwork.class")).exists();
  }

  private boolean compile(DiagnosticCollector<JavaFileObject> said, List<Path> files)
      throws IOException, URISyntaxException {
    Path out = Files.createDirectory(directory.resolve("out"));
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = javac.getStandardFileManager(said, null, null)) {
      JavaCompiler.CompilationTask task = javac.getTask(
          null,
          manager,
          said,
          List.of(
              "-Xlint:all",
              "-Werror",
              "--module-path",
              place(Network.class) + File.pathSeparator + place(Model.class),
              "-d",
              out.toString()),
          null,
          manager.getJavaFileObjectsFromPaths(files));
      task.setProcessors(List.of(new NetworkProcessor()));
      return task.call();
    }
  }

  private static Path place(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private Path write(String name, String text) throws IOException {
    Path file = directory.resolve("src").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
