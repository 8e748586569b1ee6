package dev.gradpoet.processor.diagnostic;

import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;

/**
 * A declaration with mistakes, and the expected messages. A mark such as {@code «GP007»} is directly before the character to which javac must point.
 *
 * @param title the mistake
 * @param source the declaration without marks
 * @param expected one line for each mark, in the order of the messages: {@code 3:24 GP007 text}
 */
record DiagnosticCase(String title, String source, List<String> expected) {

  private static final Pattern MARK = Pattern.compile("«(GP\\d+)»");
  private static final String HEADER =
      "package test; import dev.gradpoet.*; import dev.gradpoet.runtime.Layer;\n";

  /** The cases of a resource: each a title after {@code ===}, a source, and after {@code ---} a line {@code GP007 text} for each mark. */
  static List<DiagnosticCase> read(String resource) {
    try (InputStream in = DiagnosticCase.class.getResourceAsStream("/diagnostics/" + resource)) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(all.split("(?m)^=== "))
          .skip(1)
          .map(DiagnosticCase::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DiagnosticCase parse(String text) {
    String[] parts = text.split("(?m)^---$", -1);
    String[] head = parts[0].split("\n", 2);
    String marked = HEADER + head[1];
    List<String> places = new ArrayList<>();
    Matcher mark = MARK.matcher(marked);
    while (mark.find()) {
      String before = MARK.matcher(marked.substring(0, mark.start())).replaceAll("");
      long line = before.chars().filter(c -> c == '\n').count() + 1;
      int column = before.length() - before.lastIndexOf('\n');
      places.add(line + ":" + column + " " + mark.group(1));
    }
    return new DiagnosticCase(
        head[0].strip(), MARK.matcher(marked).replaceAll(""), expected(head[0], places, parts[1]));
  }

  /** Combines each position with the text of its code; several positions with the same code take the texts in order. */
  private static List<String> expected(String title, List<String> places, String texts) {
    List<String> left = new ArrayList<>(places);
    List<String> expected = new ArrayList<>();
    for (String text : texts.strip().lines().toList()) {
      String code = text.substring(0, text.indexOf(' '));
      String place = left.stream()
          .filter(each -> each.endsWith(" " + code))
          .findFirst()
          .orElseThrow(() -> new AssertionError(title + ": no mark is left for " + text));
      left.remove(place);
      expected.add(place + text.substring(code.length()));
    }
    if (!left.isEmpty()) {
      throw new AssertionError(title + ": no text for " + left);
    }
    return expected;
  }

  JavaFileObject file() {
    return JavaFileObjects.forSourceString("test.Case", source);
  }

  @Override
  public String toString() {
    return title;
  }
}
