package dev.gradpoet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The concatenation of two or more outputs, as {@code torch.cat(..., dim=-1)}: its width is the sum of their widths. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Concat {

  /** The operands, from left to right: two or more names of earlier layers or inputs, {@code "input"} if the declaration does not name it. */
  String[] from();

  /** The activation applied to the concatenated row. */
  Activation activation() default Activation.IDENTITY;
}
