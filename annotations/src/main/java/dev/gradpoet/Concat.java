package dev.gradpoet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The concatenation of two or more outputs along the first dimension of a sample, as {@code torch.cat(..., dim=1)}; the other dimensions must be equal. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Concat {

  /** The operands, in this order: two or more names of earlier layers or inputs, {@code "input"} if the declaration does not name it. */
  String[] from();

  /** The activation applied to the concatenation. */
  Activation activation() default Activation.IDENTITY;
}
