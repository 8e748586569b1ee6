package dev.gradpoet.processor.source;

import static dev.gradpoet.processor.testing.SourceCompiler.javac;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.gradpoet.Activation;
import dev.gradpoet.processor.NetworkProcessor;
import dev.gradpoet.processor.testing.ByteCode;
import dev.gradpoet.processor.testing.SourceCompiler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The text that the processor writes: what every javac accepts, of a bounded size, the same every time. */
class GeneratedSourceTest {

  /** HotSpot compiles no larger method (DontCompileHugeMethods). */
  private static final int LARGEST_COMPILED = 8000;

  @TempDir
  private Path directory;

  static Stream<Arguments> deepest() {
    return Stream.of(
        Arguments.of("Deep", Declarations.deep(512)),
        Arguments.of("Branching", Declarations.branching(300)));
  }

  static Stream<Arguments> extremes() {
    return Stream.of(
        Arguments.of("Deep", Declarations.deep(60)),
        Arguments.of(
            "Wide",
            Declarations.stack(
                "Wide",
                "3000, 4000, 1000",
                ", activation = Activation.SIGMOID, loss = Loss.CROSS_ENTROPY")),
        Arguments.of(
            "Narrow",
            Declarations.stack(
                "Narrow",
                "5000, 1, 5000, 2",
                ", activation = Activation.TANH, loss = Loss.BCE_WITH_LOGITS")),
        Arguments.of("Digits", Declarations.DIGITS));
  }

  @ParameterizedTest(name = "{0}")
  @Tag("exhaustive")
  @MethodSource("deepest")
  void noMethodOfTheDeepestIsTooLarge(String name, String source) throws IOException {
    noMethodIsTooLargeForHotSpotToCompile(name, source);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("extremes")
  void noMethodIsTooLargeForHotSpotToCompile(String name, String source) throws IOException {
    Compilation compilation = compile(name, source);

    assertThat(compilation.status())
        .as("%s", compilation.errors())
        .isEqualTo(Compilation.Status.SUCCESS);
    Map<String, Integer> sizes = ByteCode.sizes(compilation, directory);
    assertThat(sizes).hasSizeGreaterThan(20);
    assertThat(sizes)
        .allSatisfy((method, size) -> assertThat(size).isLessThan(LARGEST_COMPILED - 8));
  }

  @Test
  void plainKernelsAloneCompileWithoutAWord() {
    Compilation compilation = javac()
        .withOptions("-Xlint:all", "-Werror")
        .withProcessors(new NetworkProcessor())
        .compile(JavaFileObjects.forSourceString("test.Digits", Declarations.DIGITS));

    SourceCompiler.withoutWarnings(compilation);
  }

  @ParameterizedTest
  @Tag("exhaustive")
  @EnumSource(
      value = Activation.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"RELU", "GELU_TANH", "SOFTMAX"})
  void sixLayersOfAnyOtherActivationHaveLessThan2500Lines(Activation activation) {
    sixLayersOfAnActivationHaveLessThan2500Lines(activation);
  }

  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      names = {"RELU", "GELU_TANH", "SOFTMAX"})
  void sixLayersOfAnActivationHaveLessThan2500Lines(Activation activation) {
    String members = ", activation = Activation." + activation + ", loss = Loss.CROSS_ENTROPY";

    // the second has tiles of every width, sums in variables, gradients across, and rows of vectors
    // that overlap
    for (String layers : List.of("100, 90, 70, 50, 30, 20, 10", "17, 90, 72, 47, 31, 23, 3")) {
      String source = source("Six", Declarations.stack("Six", layers, members));

      assertThat(source).contains("class PlainKernels").contains("class SimdKernels");
      assertThat(source.lines().count()).as(layers).isLessThan(2500);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = "33: 300 SILU, 72 SOFTPLUS, 1 SELU, 784 GELU_TANH, 200 ELU, 300 GELU")
  void sixLayersOfSixActivationsHaveLessThan2400Lines(String layers) {
    requireLessThan2400Lines(layers);
  }

  /** The longest, with that above, of some two thousand declarations drawn at random. */
  @ParameterizedTest
  @Tag("exhaustive")
  @ValueSource(
      strings = {
        "100: 200 CELU, 200 MISH, 17 GELU_TANH, 2 GELU, 65 ELU, 90 SOFTPLUS",
        "17: 33 GELU, 4 SOFTPLUS, 130 SELU, 130 GELU_TANH, 3 LOG_SIGMOID, 2 MISH",
        "3: 65 SOFTPLUS, 130 ELU, 10 GELU, 200 SILU, 1 TANH, 130 LOG_SIGMOID"
      })
  void sixLayersOfOtherActivationsHaveLessThan2400Lines(String layers) {
    requireLessThan2400Lines(layers);
  }

  private static void requireLessThan2400Lines(String layers) {
    String[] parts = layers.split(": |, ");
    StringBuilder declaration = new StringBuilder("""
        package test;
        import dev.gradpoet.*;
        import dev.gradpoet.runtime.Layer;
        @Network(input = %s, loss = Loss.CROSS_ENTROPY)
        @LossOptions(labelSmoothing = 0.1)
        public interface Six {
        """.formatted(parts[0]));
    for (int i = 1; i < parts.length; i++) {
      String[] layer = parts[i].split(" ");
      declaration.append("@Linear(out = %s, activation = Activation.%s) Layer l%d();\n"
          .formatted(layer[0], layer[1], i));
    }

    String source = source("Six", declaration.append("}\n").toString());

    assertThat(source).contains("class PlainKernels").contains("class SimdKernels");
    assertThat(source.lines().count()).isBetween(2000L, 2399L);
  }

  @Test
  void theSourceGrowsWithTheNumberOfLayersNotWithTheirWidth() {
    String members = ", activation = Activation.RELU, loss = Loss.CROSS_ENTROPY";
    int small = source("A", Declarations.stack("A", "64, 32, 10", members)).length();
    int wide = source("B", Declarations.stack("B", "6400, 3200, 1000", members)).length();
    int four =
        source("C", Declarations.stack("C", "32, 32, 32, 32, 32, 32", members)).length();
    int eight = source(
            "D", Declarations.stack("D", "32, 32, 32, 32, 32, 32, 32, 32, 32, 32", members))
        .length();

    assertThat(wide).isLessThan(small * 11 / 10);
    assertThat(eight).isBetween(four * 11 / 10, four * 2);
  }

  @Tag("exhaustive")
  @Test
  void theSameDeclarationGivesTheSameBytesInAnyLocale() {
    Locale before = Locale.getDefault();
    String expected = source("Branching", Declarations.branching(30));
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      assertThat(source("Branching", Declarations.branching(30))).isEqualTo(expected);
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(source("Branching", Declarations.branching(30))).isEqualTo(expected);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void noLineIsTooLongToRead() {
    assertThat(source("Digits", Declarations.DIGITS).lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(160));
  }

  private static String source(String name, String declaration) {
    Compilation compilation = compile(name, declaration);
    return compilation
        .generatedSourceFile("test." + name + "Network")
        .map(file -> {
          try {
            return file.getCharContent(false).toString();
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        })
        .orElseThrow(() -> new AssertionError(compilation.diagnostics().toString()));
  }

  /** With both families of kernels, and no warning but that the vectors are incubating. */
  private static Compilation compile(String name, String source) {
    return SourceCompiler.withoutWarnings(javac()
        .withOptions("-Xlint:all", "--add-modules", "jdk.incubator.vector")
        .withProcessors(new NetworkProcessor())
        .compile(JavaFileObjects.forSourceString("test." + name, source)));
  }
}
