package dev.gradpoet.processor.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.processor.testing.FileCompiler;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users who declare a module need one {@code requires}, and see no warning either. */
class ModularUserTest {

  @TempDir
  private Path directory;

  @Test
  void aNamedModuleThatRequiresTheRuntimeAloneCompiles() throws IOException {
    FileCompiler compiler = new FileCompiler(directory)
        .add("module-info.java", "module user { requires dev.gradpoet.runtime; }\n")
        .add("test/Digits.java", Declarations.DIGITS)
        .add("test/Main.java", """
            package test;

            class Main {
              public static void main(String[] args) {
                dev.gradpoet.runtime.Tensor w = new DigitsNetwork(1).hidden().weight();
                System.out.println(w);
              }
            }
            """);

    assertThat(compiler.compile("-Xlint:all", "-Werror", "--module-path", FileCompiler.runtime()))
        .isEmpty();
    assertThat(compiler.written()).contains("test/DigitsNetwork.class", "test/Main.class");
  }
}
