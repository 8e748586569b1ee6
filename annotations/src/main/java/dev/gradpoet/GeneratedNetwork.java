package dev.gradpoet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a generated class. Tools that leave out generated code (JaCoCo, for one) look for {@code Generated} in the name of an annotation that
 * the class file keeps; {@code javax.annotation.processing.Generated} is not kept, and no processor claims it, which {@code -Xlint:all
 * -Werror} does not forgive.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface GeneratedNetwork {

  /** The declaration that the class was generated from. */
  Class<?> value();
}
