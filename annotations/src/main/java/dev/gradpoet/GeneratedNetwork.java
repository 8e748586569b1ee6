package dev.gradpoet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a generated class, and stays in the class file: tools that leave out generated code (JaCoCo, for one) look for {@code Generated} in the
 * name of an annotation there. Where it can be read, {@code javax.annotation.processing.Generated} stands beside it, which Error Prone and
 * NullAway look for in the source.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface GeneratedNetwork {

  /** The declaration that the class was generated from. */
  Class<?> value();
}
