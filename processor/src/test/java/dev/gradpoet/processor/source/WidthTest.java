package dev.gradpoet.processor.source;

import static dev.gradpoet.processor.testing.SourceCompiler.javac;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.gradpoet.processor.NetworkProcessor;
import dev.gradpoet.processor.testing.ByteCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Source and methods of a wide network are hardly longer than those of a narrow one, so the time that javac takes isn't either. */
class WidthTest {

  private static final String STACK =
      "@Network(layers = {%1$d, %1$d, %1$d, 10}, activation = Activation.RELU, loss = Loss.CROSS_ENTROPY) interface A {}";
  private static final String CHANNELS = """
      @Network(input = {%1$d, 8, 8}, loss = Loss.CROSS_ENTROPY)
      interface A {
        @Conv2d(out = %1$d, kernel = 3, padding = 1, activation = Activation.RELU) Layer conv();
        @MaxPool2d(kernel = 2) Layer pool();
        @Flatten Layer flat();
        @Linear(out = 10) Layer logits();
      }
      """;

  @TempDir
  private Path directory;

  private record Size(long lines, int largestMethod) {}

  @Test
  void ofAStack() throws IOException {
    compare(size(STACK, 64), size(STACK, 4096));
  }

  @Test
  void ofConvolutions() throws IOException {
    compare(size(CHANNELS, 16), size(CHANNELS, 512));
  }

  private static void compare(Size narrow, Size wide) {
    assertThat((double) wide.lines()).isLessThan(1.05 * narrow.lines());
    assertThat((double) wide.largestMethod()).isLessThan(1.05 * narrow.largestMethod());
  }

  private Size size(String declaration, int width) throws IOException {
    Compilation compilation = javac()
        .withOptions("--add-modules", "jdk.incubator.vector", "-Agradpoet.simd=required")
        .withProcessors(new NetworkProcessor())
        .compile(JavaFileObjects.forSourceString(
            "w.A",
            "package w;\nimport dev.gradpoet.*;\nimport dev.gradpoet.runtime.Layer;\n"
                + declaration.formatted(width)));
    assertThat(compilation.errors()).isEmpty();
    String source = compilation
        .generatedSourceFile("w.ANetwork")
        .orElseThrow()
        .getCharContent(false)
        .toString();
    return new Size(
        source.lines().count(),
        Collections.max(ByteCode.sizes(compilation, directory.resolve(String.valueOf(width)))
            .values()));
  }
}
