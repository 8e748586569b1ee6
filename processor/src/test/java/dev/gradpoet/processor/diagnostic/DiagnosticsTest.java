package dev.gradpoet.processor.diagnostic;

import static dev.gradpoet.processor.testing.SourceCompiler.javac;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import dev.gradpoet.processor.NetworkProcessor;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Typical mistakes of new users: all problems of a declaration are reported, each at the exact value that is wrong. */
class DiagnosticsTest {

  private static final Pattern SAID = Pattern.compile("(?s)(.*) \\[(GP\\d+)]");

  /** Tested by other classes, because they need more than one source file. */
  private static final Set<ProblemCode> ELSEWHERE = EnumSet.of(
      ProblemCode.NAME_TAKEN,
      ProblemCode.RUNTIME_MISSING,
      ProblemCode.NEVER_RESOLVED,
      ProblemCode.UNKNOWN_SIMD,
      ProblemCode.VECTORS_NOT_READABLE,
      ProblemCode.VECTORS,
      ProblemCode.MISSING_CLASS,
      ProblemCode.OLD_RELEASE,
      ProblemCode.RUNTIME_NOT_EXPORTED);

  /** Problems that no declaration causes: a full disk, and a bug in the processor. */
  private static final Set<ProblemCode> UNREACHABLE =
      EnumSet.of(ProblemCode.CANNOT_WRITE, ProblemCode.INTERNAL);

  static List<DiagnosticCase> cases() {
    return Stream.of(
            "type.txt",
            "members.txt",
            "form.txt",
            "inputs.txt",
            "layers.txt",
            "members-of-layers.txt",
            "sizes.txt",
            "shapes.txt",
            "windows.txt",
            "sources.txt",
            "options.txt",
            "loss.txt")
        .flatMap(resource -> DiagnosticCase.read(resource).stream())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void reportsEveryProblemAtTheExactValue(DiagnosticCase mistaken) {
    Compilation compilation = javac()
        .withOptions("-Agradpoet.simd=off")
        .withProcessors(new NetworkProcessor())
        .compile(mistaken.file());

    assertThat(compilation.diagnostics().stream().map(DiagnosticsTest::line))
        .isEqualTo(mistaken.expected());
    boolean wrong = compilation.diagnostics().stream()
        .anyMatch(said -> said.getKind() == Diagnostic.Kind.ERROR);
    assertThat(compilation.status() == Compilation.Status.FAILURE).isEqualTo(wrong);
  }

  private static String line(Diagnostic<? extends JavaFileObject> said) {
    String place = said.getLineNumber() + ":" + said.getColumnNumber() + " ";
    Matcher matcher = SAID.matcher(said.getMessage(Locale.ROOT));
    return matcher.matches()
        ? place + matcher.group(2) + " " + matcher.group(1)
        : place + said.getMessage(Locale.ROOT);
  }

  @Test
  void everyProblemHasACase() {
    Set<String> covered = cases().stream()
        .flatMap(mistaken -> mistaken.expected().stream())
        .map(line -> line.split(" ")[1])
        .collect(Collectors.toSet());

    assertThat(EnumSet.allOf(ProblemCode.class))
        .allSatisfy(code -> assertThat(covered.contains(code.code())
                || ELSEWHERE.contains(code)
                || UNREACHABLE.contains(code))
            .as("%s", code)
            .isTrue());
  }

  @Test
  void codesAreUnique() {
    assertThat(Stream.of(ProblemCode.values()).map(ProblemCode::code)).doesNotHaveDuplicates();
  }
}
