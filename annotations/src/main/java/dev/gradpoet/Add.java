package dev.gradpoet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The element-wise sum of two or more outputs of equal shape, as in a residual connection: {@code y = activation(a + b + ...)}. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Add {

  /** The operands, which are added in this order: two or more names of earlier layers or inputs, {@code "input"} if the declaration does not name it, all of the same shape. */
  String[] from();

  /** The activation applied to the sum. */
  Activation activation() default Activation.IDENTITY;
}
