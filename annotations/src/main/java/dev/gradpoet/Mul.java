package dev.gradpoet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The element-wise product of two or more outputs of equal shape, as in a gate: {@code y = activation(a * b * ...)}, as <a
 * href="https://pytorch.org/docs/stable/generated/torch.mul.html">torch.mul</a>. The gradient of an operand is that of the product times the other operands.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Mul {

  /** The operands, which are multiplied in this order: two or more names of earlier layers or inputs, {@code "input"} if the declaration does not name it, all of the same shape. */
  String[] from();

  /** The activation applied to the product. */
  Activation activation() default Activation.IDENTITY;
}
