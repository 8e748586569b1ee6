package dev.gradpoet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a generated class and is retained in the class file: tools that exclude generated code, such as JaCoCo, look there for an annotation whose name
 * contains {@code Generated}. If it is readable, {@code javax.annotation.processing.Generated} is also added, which Error Prone and
 * NullAway look for in the source.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface GeneratedNetwork {

  /** The declaration that the class was generated from; {@code void} on nested classes, which are part of the same network. */
  Class<?> value() default void.class;
}
