package dev.gradpoet.processor.read;

import java.util.Locale;
import java.util.Optional;
import javax.lang.model.element.Element;

/**
 * A property of a Kotlin interface. Its annotations are not on its getter {@code getLogits()}, but on a static method {@code getLogits$annotations()} of
 * a nested class, which exists only for them.
 *
 * @param name {@code logits}
 */
public record KotlinProperty(String name) {

  private static final String SUFFIX = "$annotations";
  private static final String GETTER = "get";

  /** The property whose annotations an element holds, if it holds those of a property. */
  public static Optional<KotlinProperty> of(Element element) {
    String method = element.getSimpleName().toString();
    if (!method.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    String getter = method.substring(0, method.length() - SUFFIX.length());
    // a property isReady has the getter isReady()
    return Optional.of(new KotlinProperty(
        getter.startsWith(GETTER) && getter.length() > GETTER.length()
            ? getter.substring(3, 4).toLowerCase(Locale.ROOT) + getter.substring(4)
            : getter));
  }
}
