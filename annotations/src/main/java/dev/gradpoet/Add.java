package dev.gradpoet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The element-wise sum of two or more outputs of equal width, as a residual connection needs it: {@code y = activation(a + b + ...)}. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Add {

  /** What is added, in this order: two or more of the earlier layers and {@code "input"}, all of one width. */
  String[] from();

  /** The activation applied to the sum. */
  Activation activation() default Activation.IDENTITY;
}
