package dev.gradpoet.processor.emit.code;

import com.palantir.javapoet.TypeSpec;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks at printed classes: what nothing reads is not printed. */
public final class Mentions {

  private Mentions() {}

  /** Whether a method of a class, or of one nested in it, reads a field, by its name as it is written there: what nothing reads is not printed. */
  public static boolean of(TypeSpec type, String field) {
    Pattern word = Pattern.compile("\\b" + Pattern.quote(field) + "\\b");
    return Stream.concat(Stream.of(type), type.typeSpecs().stream())
        .flatMap(each -> each.methodSpecs().stream())
        .anyMatch(method -> word.matcher(method.code().toString()).find());
  }
}
