package dev.gradpoet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Two or more outputs side by side, as {@code torch.cat(..., dim=-1)}: the widths add up. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Concat {

  /** What is joined, from left to right: two or more of the earlier layers and {@code "input"}. */
  String[] from();

  /** The activation applied to the joined row. */
  Activation activation() default Activation.IDENTITY;
}
