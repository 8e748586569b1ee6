package dev.gradpoet.processor.diagnostic;

import static com.google.testing.compile.Compiler.javac;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.gradpoet.processor.NetworkProcessor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page {@code docs/errors.md}: a section for each code; what it calls wrong gives that code and no other, what it calls right compiles. */
class ErrorsPageTest {

  private static final Pattern SECTION = Pattern.compile("(?ms)^### (GP\\d{3}): (.*?)(?=^##|\\z)");
  private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
  private static final Pattern CODE = Pattern.compile("\\[(GP\\d{3})]");
  private static final String HEADER =
      "package test; import dev.gradpoet.*; import dev.gradpoet.runtime.*;\n";

  private static final Map<String, String> SECTIONS = sections();

  private static Map<String, String> sections() {
    try {
      return SECTION
          .matcher(Files.readString(Path.of("../docs/errors.md")))
          .results()
          .collect(Collectors.toMap(
              each -> each.group(1),
              each -> each.group(2),
              (a, b) -> {
                throw new AssertionError("two sections: " + a + b);
              },
              TreeMap::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @EnumSource(ProblemCode.class)
  void everyCodeHasAWrongAndARightExample(ProblemCode code) {
    assertThat(SECTIONS).containsKey(code.code());
    assertThat(part(code.code(), "Wrong")).isNotBlank();
    assertThat(part(code.code(), "Right")).isNotBlank();
  }

  @Test
  void everySectionIsOfACode() {
    assertThat(SECTIONS.keySet())
        .isSubsetOf(Stream.of(ProblemCode.values()).map(ProblemCode::code).toList());
  }

  @Test
  void whatIsCalledWrongGivesTheCodeAndNoOther() {
    int compiled = 0;
    for (String code : SECTIONS.keySet()) {
      for (String example : examples(part(code, "Wrong"))) {
        assertThat(said(example)).as("%s\n%s", code, example).isNotEmpty().containsOnly(code);
        compiled++;
      }
    }
    assertThat(compiled).isGreaterThan(35);
  }

  @Test
  void whatIsCalledRightCompilesWithoutAWord() {
    int compiled = 0;
    for (String code : SECTIONS.keySet()) {
      for (String example : examples(part(code, "Right"))) {
        assertThat(said(example)).as("%s\n%s", code, example).isEmpty();
        compiled++;
      }
    }
    assertThat(compiled).isGreaterThan(35);
  }

  /** What stands after {@code Wrong:} or {@code Right:}, up to the other. */
  private static String part(String code, String word) {
    Matcher part = Pattern.compile("(?ms)^" + word + ":(.*?)(?=^(?:Wrong|Right):|\\z)")
        .matcher(SECTIONS.get(code));
    assertThat(part.find()).as("%s of %s", word, code).isTrue();
    return part.group(1);
  }

  private static List<String> examples(String part) {
    return EXAMPLE
        .matcher(part)
        .results()
        .map((MatchResult each) -> each.group(1))
        .toList();
  }

  /** The codes of what is said of an example, or what javac says itself. */
  private static List<String> said(String example) {
    Compilation compilation = javac()
        .withProcessors(new NetworkProcessor())
        .compile(JavaFileObjects.forSourceString("test.Example", HEADER + example));
    return compilation.diagnostics().stream()
        .filter(each -> each.getKind() != Diagnostic.Kind.NOTE)
        .map(each -> each.getMessage(Locale.ROOT))
        .map(text -> {
          Matcher code = CODE.matcher(text);
          return code.find() ? code.group(1) : text;
        })
        .toList();
  }
}
