package dev.gradpoet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code DoubleX} is {@code FloatX} with only the types replaced, so that both compute the same. */
class TwinsTest {

  private static final Path SOURCES = Path.of("src", "main", "java");

  /** Functions with different algorithms. */
  private static final Set<String> NO_TWINS = Set.of("FloatMath.java");

  static Stream<Path> sources() throws IOException {
    try (Stream<Path> all = Files.walk(SOURCES)) {
      return all
          .filter(path -> path.getFileName().toString().startsWith("Float"))
          .filter(path -> !NO_TWINS.contains(path.getFileName().toString()))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("sources")
  void theTwinDiffersOnlyInTypes(Path source) throws IOException {
    Path twin =
        source.resolveSibling(source.getFileName().toString().replaceFirst("Float", "Double"));

    assertThat(inDouble(Files.readString(twin))).isEqualTo(inDouble(Files.readString(source)));
  }

  private static String inDouble(String source) {
    return withoutLayout(source
        .replaceAll("\\((float|double)\\) ", "")
        .replaceAll("\\bfloat(s?)\\b", "double$1")
        .replaceAll("\\b0f\\b", "0.0")
        .replace("Float", "Double")
        .replace("FLOAT32", "FLOAT64"));
  }

  /** The length of names affects line breaks. */
  private static String withoutLayout(String source) {
    return source.replaceAll("[\\s*]+", "");
  }
}
