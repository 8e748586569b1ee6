package dev.gradpoet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A class in {@code double} is its twin in {@code float} with the types exchanged: what is corrected in one is corrected in the other. */
class TwinsTest {

  private static final Path SOURCES = Path.of("src", "main", "java");

  /** The functions of float are polynomials of our own, those of double are StrictMath's. */
  private static final Set<String> NO_TWINS = Set.of("FloatMath.java");

  static List<Path> floats() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("Float"))
          .filter(file -> !NO_TWINS.contains(file.getFileName().toString()))
          .filter(file -> Files.exists(twin(file)))
          .sorted()
          .toList();
    }
  }

  private static Path twin(Path file) {
    return file.resolveSibling(file.getFileName().toString().replace("Float", "Double"));
  }

  @Test
  void thereAreTwins() throws IOException {
    assertThat(floats()).hasSizeGreaterThan(5);
  }

  @ParameterizedTest
  @MethodSource("floats")
  void doubleIsFloatWithTheTypesExchanged(Path file) throws IOException {
    String expected = Files.readString(file)
        .replaceAll("\\((float|double)\\) ", "")
        .replace("Float", "Double")
        .replace("float", "double")
        .replace("FLOAT32", "FLOAT64")
        .replaceAll("\\b(\\d+)f\\b", "$1.0");

    assertThat(Files.readString(twin(file))).isEqualToNormalizingWhitespace(expected);
  }
}
