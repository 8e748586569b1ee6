package dev.gradpoet.processor.members;

import com.palantir.javapoet.TypeName;
import java.util.regex.Pattern;

/** Prints types with simple names, for messages. */
final class TypeNames {

  private static final Pattern PACKAGE = Pattern.compile("(?<![\\w.])(?:[a-z]\\w*\\.)+");

  private TypeNames() {}

  /** {@code Map<String, Tensor>}. */
  static String of(TypeName type) {
    return PACKAGE.matcher(type.toString()).replaceAll("");
  }
}
