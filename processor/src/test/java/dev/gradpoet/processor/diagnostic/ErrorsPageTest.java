package dev.gradpoet.processor.diagnostic;

import static dev.gradpoet.processor.testing.SourceCompiler.javac;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.gradpoet.processor.NetworkProcessor;
import dev.gradpoet.processor.testing.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page {@code docs/errors.md}: each code has a section; its wrong examples give exactly that code, and its right examples compile. */
class ErrorsPageTest {

  private static final Pattern SECTION = Pattern.compile("(?ms)^### (GP\\d{3}): (.*?)(?=^##|\\z)");
  private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
  private static final Pattern CODE = Pattern.compile("\\[(GP\\d{3})]");
  private static final String HEADER = "import dev.gradpoet.*; import dev.gradpoet.runtime.*;\n";

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
  void everySectionHasACode() {
    assertThat(SECTIONS.keySet())
        .isSubsetOf(Stream.of(ProblemCode.values()).map(ProblemCode::code).toList());
  }

  @Test
  void wrongExamplesGiveExactlyTheirCode() {
    Map<String, String> examples = examples("Wrong");
    Map<String, List<String>> said = said(examples);

    assertThat(examples).hasSizeGreaterThan(35);
    examples.forEach((place, example) -> assertThat(said.getOrDefault(place, List.of()))
        .as(example)
        .isNotEmpty()
        .containsOnly(place.substring(0, 5).toUpperCase(Locale.ROOT)));
  }

  @Test
  void someRightExamplesCompileWithoutMessages() {
    assertThat(said(Sample.oneIn(5, examples("Right")))).isEmpty();
  }

  @Test
  @Tag("exhaustive")
  void rightExamplesCompileWithoutMessages() {
    Map<String, String> examples = examples("Right");

    assertThat(examples).hasSizeGreaterThan(35);
    assertThat(said(examples)).isEmpty();
  }

  /** The examples after this word in all sections, each in a separate package: {@code gp001_0}. */
  private static Map<String, String> examples(String word) {
    Map<String, String> examples = new TreeMap<>();
    for (String code : SECTIONS.keySet()) {
      EXAMPLE
          .matcher(part(code, word))
          .results()
          .forEach(each ->
              examples.put(code.toLowerCase(Locale.ROOT) + "_" + examples.size(), each.group(1)));
    }
    return examples;
  }

  /** The text after {@code Wrong:} or {@code Right:}, up to the other. */
  private static String part(String code, String word) {
    Matcher part = Pattern.compile("(?ms)^" + word + ":(.*?)(?=^(?:Wrong|Right):|\\z)")
        .matcher(SECTIONS.get(code));
    assertThat(part.find()).as("%s of %s", word, code).isTrue();
    return part.group(1);
  }

  /** The file name of an example, which is that of the annotated type. */
  private static String name(String example) {
    Matcher type = Pattern.compile("(?s)@Network.*?(?:interface|class) (\\w+)").matcher(example);
    return type.find() ? type.group(1) : "Example";
  }

  /** The codes reported in each package, or javac's own messages, for all examples compiled together. */
  private static Map<String, List<String>> said(Map<String, String> examples) {
    List<JavaFileObject> files = new ArrayList<>();
    examples.forEach((place, example) -> files.add(JavaFileObjects.forSourceString(
        place + "." + name(example), "package " + place + ";" + HEADER + example)));
    Compilation compilation = javac().withProcessors(new NetworkProcessor()).compile(files);
    Map<String, List<String>> said = new TreeMap<>();
    for (Diagnostic<? extends JavaFileObject> each : compilation.diagnostics()) {
      if (each.getKind() == Diagnostic.Kind.NOTE) {
        continue;
      }
      String text = each.getMessage(Locale.ROOT);
      Matcher code = CODE.matcher(text);
      String place = each.getSource() == null
          ? "nowhere"
          : Path.of(each.getSource().toUri().getPath())
              .getParent()
              .getFileName()
              .toString();
      said.computeIfAbsent(place, key -> new ArrayList<>()).add(code.find() ? code.group(1) : text);
    }
    return said;
  }
}
