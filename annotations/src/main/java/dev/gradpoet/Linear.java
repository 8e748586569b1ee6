package dev.gradpoet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A fully connected layer: {@code y = activation(x W^T + b)}, with {@code W} of shape {@code [out, in]} and {@code b} of shape
 * {@code [out]}, as <a href="https://pytorch.org/docs/stable/generated/torch.nn.Linear.html">torch.nn.Linear</a>. It works on the last dimension: it maps a
 * signal of shape {@code [C, L]} to {@code [C, out]}, with {@code in = L}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Linear {

  /** The size of the last dimension of the output, at least 1. */
  int out();

  /** Whether a bias is added. */
  boolean bias() default true;

  /** The activation applied to {@code x W^T + b}. */
  Activation activation() default Activation.IDENTITY;

  /** What this layer reads: an earlier layer or an input, {@code "input"} if the declaration does not name it; empty for the preceding layer. */
  String from() default "";
}
