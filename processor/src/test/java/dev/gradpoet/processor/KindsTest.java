package dev.gradpoet.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradpoet.processor.graph.GradientOp;
import dev.gradpoet.processor.graph.Op;
import dev.gradpoet.processor.graph.WindowOp;
import dev.gradpoet.processor.plan.Kernel;
import dev.gradpoet.processor.valid.ValidLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A new kind of operation or kernel must not compile until each stage handles it: a stage asks with {@code match}, never with {@code instanceof}. */
class KindsTest {

  private static final Path SOURCES = Path.of("src", "main", "java");

  /** The names of the sealed types and of the classes around the kinds that they permit. */
  private static final Set<String> NAMES = Stream.of(
          ValidLayer.class, Op.class, GradientOp.class, WindowOp.class, Kernel.class)
      .flatMap(KindsTest::names)
      .collect(Collectors.toCollection(TreeSet::new));

  private static final String KINDS = "(?:" + String.join("|", NAMES) + ")";
  private static final Pattern ASKS =
      Pattern.compile("instanceof\\s+" + KINDS + "\\b|\\(" + KINDS + "\\.\\w+\\)\\s*\\w");

  private static final Set<String> OWN_FILES = Set.of(
      "Op.java", "GradientOp.java", "Kernel.java", "ForwardKernel.java", "BackwardKernel.java");

  @Test
  void noStageAsksForAKindWithInstanceof() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> asking = files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !OWN_FILES.contains(file.getFileName().toString()))
          .filter(KindsTest::asks)
          .toList();
      assertThat(asking).isEmpty();
    }
  }

  @Test
  void whatWouldAskIsFound() {
    assertThat("if (kernel instanceof LinearKernels.Linear l)").containsPattern(ASKS);
    assertThat("if (kernel instanceof BackwardKernel.OfWeight w)").containsPattern(ASKS);
    assertThat("return (Op.Linear) op;").containsPattern(ASKS);
    assertThat("T linear(LinearKernels.Linear kernel);").doesNotContainPattern(ASKS);
  }

  private static Stream<String> names(Class<?> kind) {
    Stream<String> own = kind.isSealed()
        ? Stream.concat(
            Stream.of(kind.getSimpleName()),
            Stream.of(kind.getPermittedSubclasses()).flatMap(KindsTest::names))
        : Stream.empty();
    return kind.getEnclosingClass() == null
        ? own
        : Stream.concat(own, Stream.of(kind.getEnclosingClass().getSimpleName()));
  }

  private static boolean asks(Path file) {
    try {
      return ASKS.matcher(Files.readString(file)).find();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
