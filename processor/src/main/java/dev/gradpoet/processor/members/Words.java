package dev.gradpoet.processor.members;

import com.palantir.javapoet.TypeName;
import java.util.regex.Pattern;

/** Types in messages: their simple names. */
final class Words {

  private static final Pattern PACKAGE = Pattern.compile("(?<![\\w.])(?:[a-z]\\w*\\.)+");

  private Words() {}

  /** {@code Map<String, Tensor>}. */
  static String of(TypeName type) {
    return PACKAGE.matcher(type.toString()).replaceAll("");
  }
}
