package dev.gradpoet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The largest value of each window of a signal of shape {@code [C, L]}, channel by channel, as <a
 * href="https://pytorch.org/docs/stable/generated/torch.nn.MaxPool1d.html">torch.nn.MaxPool1d</a>. The size of each dimension of the output is
 * {@code (size + padding - kernel) / stride + 1}, rounded down. Of equal values, the
 * first in row-major order takes the gradient; NaN counts as the largest value.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface MaxPool1d {

  /** The size of the window, at least 1: one number. */
  int[] kernel();

  /** The distance between windows, at least 1: one number; by default, the size of the window. */
  int[] stride() default {};

  /** The padding around the input, from 0 to half of the window: one number, or the padding at the beginning and at the end. The padding is never the largest value. */
  int[] padding() default 0;

  /** The activation applied to the result. */
  Activation activation() default Activation.IDENTITY;

  /** What this layer reads: an earlier layer or {@code "input"}; empty for the preceding layer. */
  String from() default "";
}
